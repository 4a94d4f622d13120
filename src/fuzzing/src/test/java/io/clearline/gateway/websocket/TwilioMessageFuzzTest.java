package io.clearline.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Text messages on /twilio: any text is a message, or refused with a sentence. */
class TwilioMessageFuzzTest {
    @FuzzTest
    void anyTextIsAMessageOrARefusal(byte[] bytes) {
        try {
            TwilioMessage message = TwilioMessage.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(message.event()).isNotNull();
            assertThat(message.payload().length).isLessThanOrEqualTo(bytes.length);
        } catch (BadMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
