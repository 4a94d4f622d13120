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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LocalSettingsTest {
    private static final LocalSettings SETTINGS = LocalSettings.temporary(1, 1);

    @Test
    void twoServersAtOnePortAreNotReportedAsAnotherProgramThatUsesIt() throws Exception {
        int port = Ports.free();

        assertThatThrownBy(() -> SETTINGS.onPorts(port, port).requireFreePorts())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Kafka (--kafka-port) and Flink's web page (--web-port), found " + port)
                .hasMessageNotContaining("in use");
        assertThatThrownBy(() -> SETTINGS.onPorts(0, port).metricsOn(port).requireFreePorts())
                .hasMessageContaining("(--metrics)")
                .hasMessageContaining("(--web-port)");
        assertThatThrownBy(() -> SETTINGS.onPorts(port, 0).metricsOn(port).requireFreePorts())
                .hasMessageContaining("(--metrics)")
                .hasMessageContaining("(--kafka-port)");
    }

    @Test
    void anyFreePortMayBeAskedForTwice() {
        assertThatCode(() -> SETTINGS.onPorts(0, 0).metricsOn(0).requireFreePorts())
                .doesNotThrowAnyException();
    }

    @Test
    void aPlatformWithoutASubtaskIsRefused() {
        assertThatThrownBy(() -> LocalSettings.temporary(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, found 0")
                .hasMessageContaining("--parallelism");
    }

    @Test
    void aPortThatTheSystemDoesNotAllowIsNotReportedAsInUse() {
        assertThat(Ports.refusal(80, "Kafka", "--kafka-port", "Permission denied"))
                .isEqualTo(
                        "Port 80 for Kafka can't be opened: Permission denied. Ports below 1024 are often reserved for"
                                + " root. Run the program with that right, or take another port: --kafka-port"
                                + " PORT, 0 for any"
                                + " free one.");
        assertThat(Ports.refusal(9092, "Kafka", "--kafka-port", "Cannot assign requested address"))
                .startsWith("Port 9092 for Kafka can't be opened: Cannot assign requested address. ")
                .doesNotContain("1024", "in use");
    }
}
