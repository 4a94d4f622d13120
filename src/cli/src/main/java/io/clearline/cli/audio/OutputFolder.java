/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.cli.audio;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates the folders that options name, with messages that name folder and reason. Stateless. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Creates a folder and its parents, unless it exists.
     *
     * @param folder null for none
     * @throws IOException if it can't be created; the message names it and the reason
     */
    public static void create(Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (FileSystemException e) {
            throw new IOException("the folder " + folder + " can't be created: " + reason(e), e);
        }
    }

    /** Returns why the file system refused something, in words and without the path. */
    static String reason(FileSystemException error) {
        if (error instanceof FileAlreadyExistsException) {
            return error.getFile() + " is a file";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        return error.getReason() == null ? "the file system accepts no new file or folder there" : error.getReason();
    }
}
