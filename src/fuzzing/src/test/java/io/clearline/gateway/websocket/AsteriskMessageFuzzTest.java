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

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Text messages on /asterisk: any text is a message, or refused with a sentence. */
class AsteriskMessageFuzzTest {
    @FuzzTest
    void anyTextIsAMessageOrARefusal(byte[] bytes) {
        try {
            AsteriskMessage message = AsteriskMessage.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(message.event()).isNotNull();
            assertThat(message.format()).isNotNull();
        } catch (BadMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
