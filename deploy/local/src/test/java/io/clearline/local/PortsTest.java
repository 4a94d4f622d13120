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
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aPortInUseIsReportedWithItsOption() throws Exception {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            assertThatThrownBy(() -> Ports.requireFree(used.getLocalPort(), "Kafka", "--kafka-port"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Port " + used.getLocalPort() + " for Kafka is in use")
                    .hasMessageContaining("--kafka-port");
        }
    }

    @Test
    void aFreePortAndPortZeroAreAccepted() throws Exception {
        int free = Ports.free();
        assertThatCode(() -> Ports.requireFree(free, "Kafka", "--kafka-port")).doesNotThrowAnyException();
        assertThatCode(() -> Ports.requireFree(0, "Kafka", "--kafka-port")).doesNotThrowAnyException();
    }

    @Test
    void aFreePortIsBelowTheEphemeralPorts() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(Ports.free()).isBetween(15_000, 32_767);
        }
    }

    @Test
    void aNumberThatIsNoPortIsRefused() {
        assertThatThrownBy(() -> Ports.requireFree(70_000, "Kafka", "--kafka-port"))
                .hasMessageContaining("within 0..65535, found 70000");
    }
}
