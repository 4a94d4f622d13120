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
package io.clearline.gateway.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdesLinesTest {
    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String LINE = " AES_CM_128_HMAC_SHA1_80 inline:" + KEY;

    @Test
    void theFirstSupportedLineIsChosen() {
        SrtpKeys keys =
                SdesLines.choose(List.of("1 AEAD_AES_256_GCM inline:" + KEY, "2" + LINE + "|2^20 WSH=128", "3" + LINE));
        assertThat(keys.tag()).isEqualTo(2);
        assertThat(keys.peer().base64()).isEqualTo(KEY);
        assertThat(keys.local().base64()).hasSize(40).isNotEqualTo(KEY);
        assertThat(keys.answer())
                .isEqualTo("2 AES_CM_128_HMAC_SHA1_80 inline:" + keys.local().base64());
    }

    @Test
    void parametersThatChangeThePacketFormatAreRefusedAndNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SdesLines.choose(List.of("1" + LINE + "|2^20|1:4", "2" + LINE + " UNENCRYPTED_SRTP")))
                .withMessageContaining("key identifiers")
                .withMessageContaining("UNENCRYPTED_SRTP");
    }

    @Test
    void noMessageRevealsAKey() {
        SrtpKeys keys = SrtpKeys.of(1, SrtpKey.parse(KEY));
        assertThat(keys.toString())
                .doesNotContain(KEY)
                .doesNotContain(keys.local().base64());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SdesLines.choose(List.of("1" + LINE + "TOOLONG", "2 F8_128_HMAC_SHA1_80 inline:" + KEY)))
                .matches(refused -> !refused.getMessage().contains(KEY.substring(0, 10)));
    }

    @Test
    void withoutALineTheMessageShowsTheExpectedForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SdesLines.choose(List.of()))
                .withMessageContaining("a=crypto:TAG AES_CM_128_HMAC_SHA1_80 inline:KEY")
                .withMessageContaining("none");
    }
}
