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
package io.clearline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final TextCache texts = new TextCache();

    @Test
    void returnsTheSameObjectForARepeatedText() {
        String first = texts.ofAscii(bytes("call-1"), 6);
        texts.ofAscii(bytes("call-2"), 6);

        assertThat(first).isEqualTo("call-1");
        assertThat(texts.ofAscii(bytes("call-1, and what the buffer held before"), 6))
                .isSameAs(first);
        assertThat(texts.ofAscii(new byte[0], 0)).isEmpty();
    }

    @Test
    void distinguishesTextsWithTheSameHash() {
        // "Aa" and "BB" have the same String.hashCode().
        assertThat(texts.ofAscii(bytes("Aa"), 2)).isEqualTo("Aa");
        assertThat(texts.ofAscii(bytes("BB"), 2)).isEqualTo("BB");
        assertThat(texts.ofAscii(bytes("Aa"), 2)).isEqualTo("Aa");
    }

    @Test
    void returnsCorrectTextsBeyondItsCapacity() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                String text = "stream-" + i;
                assertThat(texts.ofAscii(bytes(text), text.length())).isEqualTo(text);
            }
        }
    }

    @Test
    void returnsNullForLongOrNonAsciiTexts() {
        assertThat(texts.ofAscii(bytes("caf\u00e9"), 5)).isNull();
        assertThat(texts.ofAscii(new byte[] {'a', 0}, 2)).isNull();
        assertThat(texts.ofAscii(bytes("a".repeat(257)), 257)).isNull();
        assertThat(texts.ofAscii(bytes("a".repeat(256)), 256)).hasSize(256);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
