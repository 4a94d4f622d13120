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
package io.clearline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookBackPaceTest {
    private static final long START_MILLIS = 1_000_000;

    private final LookBackPace pace = new LookBackPace(START_MILLIS);

    @Test
    void thePastIsReadInAThirdOfTheTime() {
        assertThat(pace.restMillis(START_MILLIS - 60_000, START_MILLIS + 10, 5_000_000))
                .isEqualTo(10);
        assertThat(pace.restMillis(START_MILLIS - 1, START_MILLIS + 29_999, 50_000_000))
                .isEqualTo(100);
    }

    @Test
    void whatIsWrittenNowIsReadAtOnce() {
        assertThat(pace.restMillis(START_MILLIS, START_MILLIS + 10, 5_000_000)).isZero();
        assertThat(pace.restMillis(Long.MAX_VALUE, START_MILLIS + 10, 5_000_000))
                .isZero();
    }

    @Test
    void sendersWhoseClocksAreBehindAreNotReadSlowlyForEver() {
        assertThat(pace.restMillis(START_MILLIS - 3_600_000, START_MILLIS + 30_000, 5_000_000))
                .isZero();
    }
}
