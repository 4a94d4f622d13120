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

import io.clearline.local.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --restore}: the newest checkpoint, none, or the one in a folder. Immutable. */
final class RestoreFrom {
    private final String value;

    private RestoreFrom(String value) {
        this.value = value;
    }

    static RestoreFrom latest() {
        return new RestoreFrom("latest");
    }

    static RestoreFrom none() {
        return new RestoreFrom("none");
    }

    /**
     * Returns the checkpoint to restore, if any.
     *
     * @param folder the folder of the job's checkpoints, for the newest one
     * @throws IOException if the named folder contains no checkpoint
     */
    Optional<Path> in(CheckpointFolder folder) throws IOException {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "none":
                return Optional.empty();
            case "latest":
                return folder.newest();
            default:
                Path checkpoint = Path.of(value);
                if (!Files.isRegularFile(checkpoint.resolve("_metadata"))) {
                    throw new IOException("Expected a checkpoint or savepoint at " + checkpoint
                            + ", found no file _metadata in it. Set --restore to latest, none, or another folder.");
                }
                return Optional.of(checkpoint);
        }
    }

    /** Converts the option; any text but "latest" and "none" is a folder. */
    static final class Converter implements ITypeConverter<RestoreFrom> {
        @Override
        public RestoreFrom convert(String value) {
            if (value.isEmpty()) {
                throw new TypeConversionException("expected latest, none or a folder, found an empty text");
            }
            return new RestoreFrom(value);
        }
    }
}
