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
package io.clearline.gateway.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.gateway.media.FakeJob;
import io.clearline.gateway.rtp.GapRun.Fault;
import io.clearline.testkit.Signals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Measures what is heard where packets are missing: how loud the clicks are, and by how much the audio is shifted.
 * Prints the table of {@code results/README.md}.
 */
class GapTableTest {
    private static final int SECONDS = 6;
    private static final int RATE = 8000;
    private static final int[] IN_TIME = {0};
    private static final int[] NEVER = {};
    private static final int MAX_SHIFT = 400;

    private static Fault lost(IntPredicate packets) {
        return i -> packets.test(i) ? NEVER : IN_TIME;
    }

    private static Map<String, Fault> faults() {
        Map<String, Fault> all = new LinkedHashMap<>();
        all.put("none", i -> IN_TIME);
        all.put("one packet in 50", lost(i -> i % 50 == 25));
        all.put(
                "2 % at random",
                lost(new SplittableRandom(2).ints(0, 100).limit(10_000).boxed().toList()::get, 2));
        all.put(
                "5 % at random",
                lost(new SplittableRandom(5).ints(0, 100).limit(10_000).boxed().toList()::get, 5));
        all.put("3 in a row (60 ms), each second", lost(i -> i % 50 >= 25 && i % 50 < 28));
        all.put("10 in a row (200 ms), each second", lost(i -> i % 50 >= 25 && i % 50 < 35));
        all.put("25 in a row (500 ms), once", lost(i -> i >= 100 && i < 125));
        all.put("every 7th overtaken by 2", i -> new int[] {i % 7 == 3 ? 45 : 0});
        all.put("every 9th twice", i -> i % 9 == 4 ? new int[] {0, 25} : IN_TIME);
        all.put("every 20th after 120 ms, too late", i -> new int[] {i % 20 == 10 ? 120 : 0});
        all.put("the job away for 200 ms, each second", new Fault() {
            @Override
            public int[] arrivals(int packet) {
                return IN_TIME;
            }

            @Override
            public boolean jobIsUnavailable(int packet) {
                return packet % 50 >= 25 && packet % 50 < 35;
            }
        });
        return all;
    }

    private interface Draw {
        int get(int packet);
    }

    private static Fault lost(Draw draw, int percent) {
        return i -> i > 0 && draw.get(i) < percent ? NEVER : IN_TIME;
    }

    @Test
    void gapsDoNotClickAndNothingIsShifted() throws Exception {
        float[] tone = Signals.sine(SECONDS * RATE, 173, RATE, 0.5);
        float[] speech = Payloads.speech(SECONDS);
        System.out.println("| what happens | steepest step, of the tone's own | click energy | shift, samples |");
        System.out.println("|---|---|---|---|");
        for (Map.Entry<String, Fault> each : faults().entrySet()) {
            float[] heard = GapRun.heard(tone, each.getValue());
            double steepest = steepest(heard) / (FakeJob.GAIN * steepest(tone));
            int shift = shift(GapRun.heard(speech, each.getValue()), speech);
            System.out.printf("| %s | %.2f | %s | %d |%n", each.getKey(), steepest, clickEnergy(heard, tone), shift);
            assertThat(shift).as(each.getKey()).isZero();
            // The dry tone is twice as steep as the enhanced one.
            assertThat(steepest).as(each.getKey()).isLessThan(2.5);
        }
    }

    private static float steepest(float[] samples) {
        float steepest = 0;
        for (int i = 1; i < samples.length; i++) {
            steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
        }
        return steepest;
    }

    /**
     * Returns the energy of all steps that are steeper than any of the dry tone, relative to the energy of all steps.
     */
    private static String clickEnergy(float[] heard, float[] tone) {
        float limit = 1.05f * steepest(tone);
        double clicks = 0;
        double all = 0;
        for (int i = 1; i < heard.length; i++) {
            double step = heard[i] - heard[i - 1];
            all += step * step;
            clicks += Math.abs(step) > limit ? step * step : 0;
        }
        return clicks == 0 ? "none" : Math.round(10 * Math.log10(clicks / all)) + " dB";
    }

    /** Returns the shift of the last second relative to what was sent, in samples. */
    private static int shift(float[] heard, float[] sent) {
        int best = 0;
        double highest = 0;
        for (int shift = -MAX_SHIFT; shift <= MAX_SHIFT; shift++) {
            double sum = 0;
            for (int i = heard.length - RATE; i < heard.length - MAX_SHIFT; i++) {
                sum += heard[i] * sent[i - shift];
            }
            if (sum > highest) {
                highest = sum;
                best = shift;
            }
        }
        return best;
    }
}
