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

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalBaselineTest {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private final ArrivalBaseline baseline = new ArrivalBaseline();

    @ParameterizedTest
    @ValueSource(ints = {-200, -20, 0, 20, 200})
    void followsTheSourcesClockForAnHourWhateverItsDrift(int driftPpm) {
        SplittableRandom random = new SplittableRandom(5);
        for (int frame = 0; frame < 180_000; frame++) {
            long media = frame * FRAME;
            long onTheFastestWay = media + media / 1_000_000 * driftPpm;
            baseline.observe(media, onTheFastestWay + random.nextLong(30 * MILLI));
            if (frame > 500) {
                assertThat(Math.abs(baseline.arrivalNanos(media) - onTheFastestWay))
                        .isLessThan(5 * MILLI);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3600})
    void aStopOfTheSourceIsForgottenAtOnce(int seconds) {
        baseline.observe(0, 0);
        long stopped = TimeUnit.SECONDS.toNanos(seconds);
        assertThat(baseline.observe(FRAME, FRAME + stopped)).isTrue();
        assertThat(baseline.arrivalNanos(FRAME)).isEqualTo(FRAME + stopped);
    }
}
