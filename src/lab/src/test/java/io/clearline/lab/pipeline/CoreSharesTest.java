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
package io.clearline.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoreSharesTest {
    @Test
    void withFourCoresBrokerAndGeneratorHaveOneEach() {
        assertThat(CoreShares.of(8, 0)).isEqualTo(new CoreShares("0", "1", "2-7"));
        assertThat(CoreShares.of(8, 2)).isEqualTo(new CoreShares("0", "1", "2-3"));
    }

    @Test
    void withTwoCoresAllShareThem() {
        assertThat(CoreShares.of(2, 0)).isEqualTo(new CoreShares("", "", ""));
        assertThat(CoreShares.prefix("")).isEmpty();
    }

    @Test
    void aJobCanBeLimitedToOneOfTwoCores() {
        assertThat(CoreShares.of(2, 1).job()).isEqualTo("0-0");
        assertThat(CoreShares.prefix("0-0")).containsExactly("taskset", "-c", "0-0");
    }
}
