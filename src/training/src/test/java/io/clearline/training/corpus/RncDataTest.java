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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RncDataTest {
    private static final int HEADER_BYTES = 18;

    @Test
    void literalsAndCopiesAreUnpacked() throws Exception {
        assertThat(RncData.isAt(packed(), 0)).isTrue();
        assertThat(new String(RncData.unpack(packed(), 0), StandardCharsets.US_ASCII))
                .isEqualTo("abcabcabd");
    }

    @Test
    void brokenDataIsRefused() {
        byte[] broken = packed();
        Arrays.fill(broken, HEADER_BYTES, broken.length, (byte) 0xff);

        assertThatThrownBy(() -> RncData.unpack(broken, 0)).isInstanceOf(IOException.class);
    }

    /** The literals "abc", a copy of five bytes at distance three, and the literal "d". */
    private static byte[] packed() {
        Writer writer = new Writer("abcabcabd".length());
        writer.bits(0, 2);
        // Runs of 1 and 3 bytes: leaves 1 and 2, a bit each; distance 3: leaf 2; length 5: leaf 2.
        writer.code(0, 1, 1);
        writer.code(0, 0, 1);
        writer.code(0, 0, 1);
        writer.bits(2, 16);
        writer.bits(1, 1);
        writer.bits(1, 1);
        writer.literals("abc");
        writer.bits(0, 1);
        writer.bits(0, 1);
        writer.bits(0, 1);
        writer.bits(1, 1);
        writer.bits(0, 1);
        writer.literals("d");
        return writer.bytes;
    }

    private static final class Writer {
        private byte[] bytes = new byte[HEADER_BYTES];
        private int word;
        private int bit = 16;

        Writer(int unpackedSize) {
            bytes[0] = 'R';
            bytes[1] = 'N';
            bytes[2] = 'C';
            bytes[3] = 1;
            bytes[7] = (byte) unpackedSize;
            bytes[17] = 1;
        }

        void code(int... lengths) {
            bits(lengths.length, 5);
            for (int length : lengths) {
                bits(length, 4);
            }
        }

        void bits(int value, int count) {
            for (int i = 0; i < count; i++) {
                if (bit == 16) {
                    word = bytes.length;
                    bytes = Arrays.copyOf(bytes, word + 2);
                    bit = 0;
                }
                bytes[word + bit / 8] |= (byte) ((value >> i & 1) << bit % 8);
                bit++;
            }
        }

        void literals(String text) {
            int at = bytes.length;
            bytes = Arrays.copyOf(bytes, at + text.length());
            System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, text.length());
        }
    }
}
