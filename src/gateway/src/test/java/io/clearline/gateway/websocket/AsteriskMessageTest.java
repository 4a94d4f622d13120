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
package io.clearline.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearline.gateway.codec.MediaFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskMessageTest {
    @Test
    void aLineAndJsonAreEquivalent() throws Exception {
        AsteriskMessage line = AsteriskMessage.parse("MEDIA_START connection_id:c channel:WebSocket/c/0x1"
                + " channel_id:pbx-1764265500.7 format:ulaw optimal_frame_size:160 ptime:20");
        AsteriskMessage json = AsteriskMessage.parse("{\"event\":\"MEDIA_START\",\"connection_id\":\"c\",\"channel\":"
                + "\"WebSocket/c/0x1\",\"channel_id\":\"pbx-1764265500.7\",\"format\":\"ulaw\","
                + "\"optimal_frame_size\":160,\"ptime\":20}");
        assertThat(line.event()).isEqualTo(AsteriskMessage.Event.MEDIA_START).isEqualTo(json.event());
        assertThat(line.fields()).isEqualTo(json.fields()).containsEntry("channel_id", "pbx-1764265500.7");
    }

    @ParameterizedTest
    @CsvSource({"ulaw, PCMU/8000", "alaw, PCMA/8000", "slin, S16LE/8000", "slin16, S16LE/16000", "slin48, S16LE/48000"})
    void formatsHaveAsterisksNames(String name, String expected) throws Exception {
        assertThat(AsteriskMessage.parse("MEDIA_START format:" + name).format()).isEqualTo(MediaFormat.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "g722", "slin192", "slin44", "slin1000", "slinx", ""})
    void otherFormatsAreRefusedWithDiallingInstructions(String name) throws Exception {
        AsteriskMessage start = AsteriskMessage.parse("MEDIA_START format:" + name);
        assertThatExceptionOfType(BadMessageException.class)
                .isThrownBy(start::format)
                .withMessageContaining("\"" + name + "\"")
                .withMessageContaining("c(slin16)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "QUEUE_DRAINED", "DTMF_END digit:5", "{}", "{\"event\":7}", "media_start"})
    void unknownMessagesAreIgnored(String text) throws Exception {
        assertThat(AsteriskMessage.parse(text).event()).isEqualTo(AsteriskMessage.Event.OTHER);
    }

    @Test
    void brokenJsonIsRefused() {
        assertThatExceptionOfType(BadMessageException.class)
                .isThrownBy(() -> AsteriskMessage.parse("{\"event\":"))
                .withMessageContaining("Expected JSON");
    }
}
