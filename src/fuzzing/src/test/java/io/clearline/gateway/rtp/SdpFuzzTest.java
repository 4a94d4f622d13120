package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Session descriptions: any text has audio that the gateway takes, or is refused with a sentence. */
class SdpFuzzTest {
    @FuzzTest
    void anyTextIsADescriptionOrARefusal(byte[] bytes) {
        try {
            assertThat(SdpDescription.parse(new String(bytes, StandardCharsets.UTF_8))
                            .audio())
                    .isNotEmpty();
        } catch (BadPacketException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
