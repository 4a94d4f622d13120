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
package io.clearline.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 10.0.0.1, false",
        "0.0.0.0/0, 203.0.113.9, true"
    })
    void aNetworkContainsItsAddresses(String network, String address, boolean allowed) throws Exception {
        assertThat(AllowList.of(List.of(network)).allows(InetAddress.getByName(address)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.256", "1:2:3"})
    void aTextThatIsNotANetworkIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowList.of(List.of(text)))
                .withMessageContaining("10.0.0.0/8");
    }

    @Test
    void anEmptyListAllowsEveryone() throws Exception {
        assertThat(AllowList.EVERYONE.allows(InetAddress.getByName("203.0.113.9")))
                .isTrue();
    }
}
