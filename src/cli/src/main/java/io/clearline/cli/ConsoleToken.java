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
package io.clearline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the console's token. It is no option, because every user of a machine can read a command line. Stateless. */
final class ConsoleToken {
    private static final String VARIABLE = "CLEARLINE_CONSOLE_TOKEN";

    private ConsoleToken() {}

    /**
     * Returns the token of a file or of the environment.
     *
     * @param file null for the environment variable {@value #VARIABLE}
     * @return the token; null if there is none
     * @throws IOException if the file cannot be read
     */
    static String from(Path file) throws IOException {
        if (file == null) {
            String token = System.getenv(VARIABLE);
            return token == null || token.isBlank() ? null : token.strip();
        }
        if (!Files.isReadable(file)) {
            throw new IOException("The console's token file " + file.toAbsolutePath()
                    + " can't be read. Expected a text file whose first line is the token.");
        }
        return Files.readString(file).lines().findFirst().orElse("").strip();
    }
}
