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
package io.clearline.console;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.console.feed.KafkaClients;
import io.clearline.kafka.Topics;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {
    private final ConsoleSettings local =
            ConsoleSettings.local(new KafkaClients("localhost:9092", Topics.DEFAULT, new Properties()), 0, null);

    @Test
    void anAddressOfTheNetworkNeedsATokenOrAProxy() {
        assertThatCode(local::requireSafe).doesNotThrowAnyException();
        assertThatThrownBy(() -> local.at("0.0.0.0").requireSafe())
                .hasMessageContaining("needs a token")
                .hasMessageContaining("--proxy-header");
        assertThatCode(() -> local.at("0.0.0.0").withToken("x".repeat(16)).requireSafe())
                .doesNotThrowAnyException();
        assertThatCode(() -> local.at("0.0.0.0").behind("X-Forwarded-User").requireSafe())
                .doesNotThrowAnyException();
    }

    @Test
    void aShortTokenIsRefused() {
        assertThatThrownBy(() -> local.withToken("short").requireSafe())
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("short.");
    }
}
