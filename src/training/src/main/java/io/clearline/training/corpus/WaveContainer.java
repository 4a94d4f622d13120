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
package io.clearline.training.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Extracts the sounds of a container of unknown format: every complete WAVE file that is found in its bytes is written
 * to a separate file. Stateless.
 */
final class WaveContainer {
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WAVE = "WAVE".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 8;

    private WaveContainer() {}

    /** Writes the sounds into a folder, numbered in the order in which they are found. */
    static void unpack(Path container, Path into) throws IOException {
        byte[] bytes = Files.readAllBytes(container);
        int count = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = waveBytes(bytes, at);
            if (length > 0) {
                Files.write(
                        into.resolve(String.format("%04d.wav", count++)), Arrays.copyOfRange(bytes, at, at + length));
            }
            at += Math.max(length, 1);
        }
    }

    /** Returns the length of the WAVE file that starts at a position, or 0 if there is none. */
    private static int waveBytes(byte[] bytes, int at) {
        if (!startsWith(bytes, at, RIFF) || !startsWith(bytes, at + HEADER_BYTES, WAVE)) {
            return 0;
        }
        long size = ByteBuffer.wrap(bytes, at + RIFF.length, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        long length = HEADER_BYTES + (size & 0xffffffffL);
        return at + length <= bytes.length ? (int) length : 0;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] signature) {
        return at + signature.length <= bytes.length
                && Arrays.equals(bytes, at, at + signature.length, signature, 0, signature.length);
    }
}
