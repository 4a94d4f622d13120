package io.clearline.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Text messages on /audio: any text is a message, or refused with a sentence. */
class PlainMessageFuzzTest {
    @FuzzTest
    void anyTextIsAMessageOrARefusal(byte[] bytes) {
        try {
            PlainMessage message = PlainMessage.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(message.stop() || message.format() != null).isTrue();
        } catch (BadMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
