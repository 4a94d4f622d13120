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

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a pipe or device, whose errors name it. Thread-confined. */
final class NamedOutput extends FilterOutputStream {
    private final Path name;

    private NamedOutput(OutputStream out, Path name) {
        super(out);
        this.name = name;
    }

    /** Opens a pipe or device; for a pipe, this waits for its reader. */
    static OutputStream open(Path path) throws IOException {
        return new NamedOutput(Files.newOutputStream(path, StandardOpenOption.WRITE), path);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException(name + " can't be written: " + e.getMessage(), e);
        }
    }
}
