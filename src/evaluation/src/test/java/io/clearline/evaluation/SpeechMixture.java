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
package io.clearline.evaluation;

import io.clearline.dsp.AudioFiles;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Mixtures of recorded speech and synthetic noise. */
final class SpeechMixture {
    static final int RATE_HZ = 16_000;

    private SpeechMixture() {}

    static float[] speech() {
        try {
            return AudioFiles.read(Samples.speech().get(0)).samples();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static float[] seconds(double seconds) {
        float[] speech = speech();
        float[] repeated = new float[(int) (seconds * RATE_HZ)];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = speech[i % speech.length];
        }
        return repeated;
    }

    static float[] withWhiteNoise(float[] speech, double snrDb) {
        return mixed(speech, Signals.whiteNoise(speech.length, 1, 7), snrDb);
    }

    static float[] mixed(float[] speech, float[] noise, double snrDb) {
        double gain = Math.sqrt(Signal.energy(speech) / Signal.energy(noise) / Math.pow(10, snrDb / 10));
        float[] mixture = Arrays.copyOf(speech, speech.length);
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] += (float) (gain * noise[i]);
        }
        return mixture;
    }
}
