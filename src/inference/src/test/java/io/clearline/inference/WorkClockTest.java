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
package io.clearline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkClockTest {
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Test
    void timeInWhichOthersHaveTheProcessorIsNoWork() throws Exception {
        long before = WorkClock.nanos();
        Thread.sleep(PAUSE.toMillis());
        assertThat(WorkClock.nanos() - before).isLessThan(PAUSE.toNanos() / 3);
    }

    @Test
    void workIsCounted() {
        long before = WorkClock.nanos();
        double sum = 0;
        for (int i = 1; i < 3_000_000; i++) {
            sum += Math.sqrt(i);
        }
        assertThat(sum).isPositive();
        assertThat(WorkClock.nanos() - before).isGreaterThan(100_000);
    }
}
