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
package io.clearline.evaluation.judge;

import io.clearline.testkit.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Short synthetic trials of all kinds, with two voices and two noises. The speech is noise in bursts. */
final class FakeTrials implements TrialSet {
    static final int RATE_HZ = 8_000;
    private static final int SECONDS = 2;

    private final List<TrialLabel> labels = new ArrayList<>();

    FakeTrials() {
        for (int i = 0; i < 4; i++) {
            labels.add(label(TrialKind.MIXTURE, "voice-" + i % 2, "noise-" + i / 2, 3 * i));
        }
        labels.add(label(TrialKind.MIXTURE, "voice-0", "noise-1", 20));
        labels.add(label(TrialKind.CLEAN, "voice-0", null, Double.NaN));
        labels.add(label(TrialKind.NOISE, null, "noise-0", Double.NaN));
        labels.add(label(TrialKind.ONSET, "voice-1", null, Double.NaN));
        labels.add(label(TrialKind.DRIFT, "voice-1", "noise-1", 3));
    }

    private TrialLabel label(TrialKind kind, String voice, String noise, double snrDb) {
        return new TrialLabel("trial-" + labels.size(), kind, voice, noise, snrDb);
    }

    @Override
    public List<TrialLabel> labels() {
        return labels;
    }

    @Override
    public Trial trial(int index) {
        TrialLabel label = labels.get(index);
        float[] speech = speech(index);
        float[] noise = Signals.whiteNoise(speech.length, 0.1, 100 + index);
        return switch (label.kind()) {
            case MIXTURE -> new Trial(label, RATE_HZ, speech, sum(speech, noise));
            case CLEAN -> new Trial(label, RATE_HZ, speech, speech);
            case NOISE -> new Trial(label, RATE_HZ, new float[noise.length], noise);
            case ONSET -> onset(label, speech);
            case DRIFT -> new Trial(label, RATE_HZ, repeated(speech), repeated(sum(speech, noise)));
        };
    }

    private static Trial onset(TrialLabel label, float[] speech) {
        float[] late = new float[2 * speech.length];
        System.arraycopy(speech, 0, late, Trial.ONSET_LEAD_SECONDS * RATE_HZ, speech.length);
        return new Trial(label, RATE_HZ, late, late);
    }

    private static float[] speech(long seed) {
        float[] speech = Signals.whiteNoise(SECONDS * RATE_HZ, 0.3, seed);
        for (int i = 0; i < speech.length; i++) {
            speech[i] *= (float) Math.abs(Math.cos(2 * Math.PI * 1.5 * i / RATE_HZ));
        }
        return speech;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    private static float[] repeated(float[] once) {
        float[] all = new float[Trial.DRIFT_REPEATS * once.length];
        for (int at = 0; at < all.length; at += once.length) {
            System.arraycopy(once, 0, all, at, once.length);
        }
        return all;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("trials", "fake");
    }
}
