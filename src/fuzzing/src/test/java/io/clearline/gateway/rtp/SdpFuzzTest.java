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
