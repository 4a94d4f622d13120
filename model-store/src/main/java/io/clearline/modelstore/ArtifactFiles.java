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
package io.clearline.modelstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The contents of the two files of a model. The arrays are shared with the caller, not copied.
 *
 * @param safetensors the contents of {@value #WEIGHTS}
 * @param card the contents of {@value #CARD}
 */
public record ArtifactFiles(byte[] safetensors, byte[] card) {

    /** The name of the file with the weights. */
    public static final String WEIGHTS = "model.safetensors";
    /** The name of the file with the model card. */
    public static final String CARD = "card.json";

    /** A generous limit: it keeps a wrong path from filling the heap. */
    private static final long MAX_WEIGHTS_BYTES = 1L << 30;

    /**
     * Reads both files of a folder.
     *
     * @throws ModelFormatException when a file is missing, or larger than that of any model
     */
    public static ArtifactFiles readFrom(Path folder) throws IOException {
        return new ArtifactFiles(readBounded(folder.resolve(WEIGHTS), MAX_WEIGHTS_BYTES), readCard(folder));
    }

    /** Reads only the card, with the same checks. */
    static byte[] readCard(Path folder) throws IOException {
        return readBounded(folder.resolve(CARD), ModelCard.MAX_BYTES);
    }

    /** Writes both files into an existing folder. */
    void writeTo(Path folder) throws IOException {
        Files.write(folder.resolve(WEIGHTS), safetensors);
        Files.write(folder.resolve(CARD), card);
    }

    private static byte[] readBounded(Path file, long maxBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    file.toString(), "there is no such file", "a model is a folder with " + WEIGHTS + " and " + CARD);
        }
        long bytes = Files.size(file);
        if (bytes > maxBytes) {
            throw new ModelFormatException(
                    file.toString(),
                    "expected at most " + maxBytes + " bytes, found " + bytes,
                    "this is not a Clearline model");
        }
        return Files.readAllBytes(file);
    }
}
