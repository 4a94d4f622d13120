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
package io.clearline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingUtfReaderTest {
    private final CachingUtfReader texts = new CachingUtfReader();

    @Test
    void readsWhateverWasWritten() throws IOException {
        for (String text : List.of("", "call-1", "a\u0000b", "caf\u00e9", "\uD83C\uDF99", "x".repeat(3000))) {
            assertThat(texts.read(written(text))).isEqualTo(text);
            assertThat(texts.read(written(text))).isEqualTo(text);
        }
    }

    @Test
    void aStreamIdThatComesAgainIsTheSameObject() throws IOException {
        String first = texts.read(written("call-1"));
        texts.read(written("call-2"));

        assertThat(texts.read(written("call-1"))).isSameAs(first);
    }

    private static DataInputStream written(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeUTF(text);
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
