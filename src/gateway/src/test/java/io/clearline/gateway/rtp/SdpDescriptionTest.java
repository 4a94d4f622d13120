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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.srtp.SrtpKey;
import io.clearline.gateway.srtp.SrtpKeys;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SdpDescriptionTest {
    private static final String OFFER = """
        v=0
        o=- 1 1 IN IP4 192.0.2.5
        s=-
        c=IN IP4 192.0.2.5
        t=0 0
        m=audio 17000 RTP/AVP 111 0 101
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 useinbandfec=1
        a=rtpmap:101 telephone-event/8000
        m=video 17002 RTP/AVP 96
        c=IN IP4 192.0.2.6
        a=rtpmap:96 VP8/90000
        """;

    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String CRYPTO = "a=crypto:7 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^31\n";

    @Test
    void anOfferGivesFormatsEventsAndPeer() throws Exception {
        SdpDescription offer = SdpDescription.parse(OFFER);
        assertThat(offer.audio())
                .containsEntry(0, MediaFormat.PCMU)
                .containsEntry(111, MediaFormat.OPUS)
                .hasSize(2);
        assertThat(offer.passed()).containsExactly(101);
        assertThat(offer.peer()).isEqualTo(InetAddress.getByName("192.0.2.5"));
    }

    @Test
    void srtpUsesTheKeyOfTheCryptoLine() throws Exception {
        String offer = OFFER.replace("RTP/AVP 111", "RTP/SAVP 111").replace("a=fmtp", CRYPTO + "a=fmtp");
        SdpDescription description = SdpDescription.parse(offer);
        assertThat(description.srtp().peer().base64()).isEqualTo(KEY);
        assertThat(description.srtp().tag()).isEqualTo(7);
        assertThat(description.fromAnyPeer().srtp()).isEqualTo(description.srtp());
    }

    @Test
    void aKeyTogetherWithPlainRtpIsRefusedAsAmbiguous() {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse(OFFER.replace("a=fmtp", CRYPTO + "a=fmtp")))
                .withMessageContaining("Write RTP/SAVP");
    }

    @Test
    void anOutOfBandKeyOverridesTheDescription() throws Exception {
        SrtpKeys beside = SrtpKeys.of(1, SrtpKey.random());
        String bare = OFFER.replace("RTP/AVP 111", "RTP/SAVP 111");
        assertThat(SdpDescription.parse(bare, beside).srtp()).isSameAs(beside);
        assertThat(SdpDescription.parse(OFFER, beside).srtp()).isSameAs(beside);
        String both = OFFER.replace("a=fmtp", CRYPTO + "a=fmtp");
        assertThat(SdpDescription.parse(both, beside).srtp()).isSameAs(beside);
    }

    @Test
    void srtpWithoutAKeyAndDtlsAreRefusedWithInstructions() {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse(OFFER.replace("RTP/AVP", "RTP/SAVP")))
                .withMessageContaining("a=crypto:TAG AES_CM_128_HMAC_SHA1_80 inline:KEY");
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse(OFFER.replace("RTP/AVP", "UDP/TLS/RTP/SAVPF")))
                .withMessageContaining("DTLS is not supported");
    }

    @Test
    void unsupportedFormatsAreNamed() {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse(
                        "m=audio 5000 RTP/AVP 96 3\na=rtpmap:96 MP4A-LATM/48000\na=rtpmap:3 GSM/8000"))
                .withMessageContaining("96 MP4A-LATM/48000")
                .withMessageContaining("3 GSM/8000");
    }

    @Test
    void aFormatWithoutANameIsSkippedAmongOthers() throws Exception {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse("m=audio 5000 RTP/AVP 111\na=rtpmap:111 /"))
                .withMessageContaining("111 /");
        assertThat(SdpDescription.parse("m=audio 5000 RTP/AVP 111 0\na=rtpmap:111 /")
                        .audio())
                .containsOnlyKeys(0);
    }

    @Test
    void stereoIsRefusedUnlessItIsOpus() {
        assertThatExceptionOfType(BadPacketException.class)
                .isThrownBy(() -> SdpDescription.parse("m=audio 5000 RTP/AVP 97\na=rtpmap:97 L16/48000/2"))
                .withMessageContaining("L16/48000/2");
    }
}
