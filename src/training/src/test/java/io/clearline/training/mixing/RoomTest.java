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
package io.clearline.training.mixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final int RATE_HZ = 16_000;

    @Test
    void anImpulseComesFirstAndThenDiesAway() {
        for (int seed = 0; seed < 20; seed++) {
            float[] impulse = new float[2 * RATE_HZ];
            impulse[0] = 1;

            float[] heard = Room.random(new SplittableRandom(seed), RATE_HZ).apply(impulse);

            assertThat(heard[0]).isCloseTo(1f, within(1e-4f));
            assertThat(energy(heard, 1, RATE_HZ / 4)).isPositive().isLessThan(10);
            assertThat(energy(heard, RATE_HZ, 2 * RATE_HZ)).isLessThan(1e-5);
        }
    }

    @Test
    void theEarlyPartIsTheFirstFiftyMilliseconds() {
        float[] impulse = new float[RATE_HZ];
        impulse[0] = 1;
        Room room = Room.random(new SplittableRandom(1), RATE_HZ);

        float[] heard = room.apply(impulse);
        float[] early = room.early(impulse);

        assertThat(Arrays.copyOf(early, 800)).containsExactly(Arrays.copyOf(heard, 800), within(1e-5f));
        assertThat(energy(early, 800, RATE_HZ)).isLessThan(1e-9);
    }

    @Test
    void aMeasuredRoomBeginsWithItsDirectSound() {
        float[] response = new float[400];
        response[100] = -0.5f;
        response[300] = 0.1f;
        float[] impulse = new float[RATE_HZ];
        impulse[0] = 1;

        float[] heard = Room.measured(response, RATE_HZ).apply(impulse);

        assertThat(heard[0]).isCloseTo(1f, within(1e-4f));
        assertThat(heard[200]).isCloseTo(-0.2f, within(1e-4f));
    }

    @Test
    void theSameSeedMakesTheSameRoom() {
        float[] sound = new float[4000];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) Math.sin(0.1 * i);
        }

        assertThat(Room.random(new SplittableRandom(3), RATE_HZ).apply(sound))
                .isEqualTo(Room.random(new SplittableRandom(3), RATE_HZ).apply(sound))
                .isNotEqualTo(Room.random(new SplittableRandom(4), RATE_HZ).apply(sound));
    }

    private static double energy(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum;
    }
}
