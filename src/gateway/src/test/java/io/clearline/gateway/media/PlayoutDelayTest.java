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

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlayoutDelayTest {
    private static final long MIN = millis(40);
    private static final long MAX = millis(200);
    private final PlayoutDelay delay = new PlayoutDelay(MIN, MAX);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void ready(int frames, long neededMillis) {
        for (int i = 0; i < frames; i++) {
            delay.ready(millis(neededMillis));
        }
    }

    @Test
    void growsAtOnceToWhatFramesNeed() {
        ready(16, 120);
        assertThat(delay.nanos()).isBetween(millis(120), millis(130));
    }

    @Test
    void shrinksSlowlyAndNotBelowItsLimit() {
        ready(16, 120);
        ready(272, 10);
        assertThat(delay.nanos()).isGreaterThan(millis(100));
        ready(5000, 10);
        assertThat(delay.nanos()).isEqualTo(MIN);
    }

    @Test
    void neverGrowsBeyondItsLimit() {
        ready(300, 350);
        assertThat(delay.nanos()).isEqualTo(MAX);
    }

    @Test
    void whatComesAfterAnOutageIsNoMeasure() {
        ready(300, 60);
        long before = delay.nanos();
        ready(300, 30_000);
        assertThat(delay.nanos()).isEqualTo(before);
    }
}
