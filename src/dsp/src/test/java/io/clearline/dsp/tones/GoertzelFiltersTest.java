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
package io.clearline.dsp.tones;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.SimdClasses;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoertzelFiltersTest {
    private static final int SAMPLES = 2_000;

    /** The detector uses 8 and 12 filters; the other numbers leave lanes unused. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 12, 17})
    void vectorsGiveTheBitsOfPlainJavaHoweverTheSignalIsCut(int count) {
        SplittableRandom random = new SplittableRandom(count);
        double[] coefficients = random.doubles(count, -2, 2).toArray();
        float[] samples = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            samples[i] = (float) (random.nextDouble() - 0.5);
        }
        GoertzelFilters plain = new PlainGoertzelFilters(coefficients);
        GoertzelFilters vector = SimdClasses.newInstance(GoertzelFilters.Kind.class, GoertzelFilters.VECTOR)
                .orElseThrow()
                .of(coefficients);

        plain.run(samples, 0, SAMPLES);
        for (int at = 0; at < SAMPLES; ) {
            int length = Math.min(SAMPLES - at, random.nextInt(400));
            vector.run(samples, at, length);
            at += length;
        }

        for (int f = 0; f < count; f++) {
            assertThat(vector.last(f)).isEqualTo(plain.last(f));
            assertThat(vector.beforeLast(f)).isEqualTo(plain.beforeLast(f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 12})
    void filtersThatWereClearedBeginAgain(int count) {
        GoertzelFilters filters =
                GoertzelFilters.of(new SplittableRandom(1).doubles(count, -2, 2).toArray());
        filters.run(new float[] {1, 2, 3}, 0, 3);
        filters.clear();
        filters.run(new float[] {0.5f}, 0, 1);
        assertThat(filters.last(count - 1)).isEqualTo(0.5);
        assertThat(filters.beforeLast(count - 1)).isZero();
    }
}
