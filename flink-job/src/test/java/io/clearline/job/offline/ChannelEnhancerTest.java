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
package io.clearline.job.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.inference.kernel.ScalarKernel;
import io.clearline.job.JobModels;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamRules;
import io.clearline.schemas.AudioEncoding;
import io.clearline.testkit.Dtmf;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelEnhancerTest {
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 44_100})
    void eachChannelHasTheSamplesOfTheChannelAlone(int rateHz) throws IOException {
        float[] left = Signals.whiteNoise(rateHz, 0.1, 1);
        float[] right = Signals.sine(rateHz, 500, rateHz, 0.3);
        float[] both = new float[2 * rateHz];
        for (int i = 0; i < rateHz; i++) {
            both[2 * i] = left[i];
            both[2 * i + 1] = right[i];
        }
        float[] enhanced = enhance(both, rateHz, 2, 777, StreamRules.DEFAULT);
        assertThat(channel(enhanced, 2, 0)).containsExactly(enhance(left, rateHz, 1, 1024, StreamRules.DEFAULT));
        assertThat(channel(enhanced, 2, 1)).containsExactly(enhance(right, rateHz, 1, 1024, StreamRules.DEFAULT));
    }

    @Test
    void antiphaseChannelsDoNotCancel() throws IOException {
        float[] speech = AudioFiles.read(Samples.speech().get(0)).samples();
        float[] both = new float[2 * speech.length];
        for (int i = 0; i < speech.length; i++) {
            both[2 * i] = speech[i];
            both[2 * i + 1] = -speech[i];
        }
        float[] enhanced = enhance(both, 16_000, 2, 1024, StreamRules.DEFAULT);
        assertThat(energy(channel(enhanced, 2, 1))).isGreaterThan(0.5 * energy(speech));
    }

    /** Compares with the way of the job, which uses encoded frames of 20 ms. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void theSamplesAreTheJobs(int rateHz) throws IOException {
        float[] samples = Signals.whiteNoise(rateHz, 0.1, 3);
        byte[] coded = new byte[2 * rateHz];
        io.clearline.dsp.Pcm16.encode(samples, 0, coded, 0, rateHz);
        io.clearline.dsp.Pcm16.decode(coded, 0, samples, 0, rateHz);
        AudioClip job =
                new OfflineEnhancer(models()).enhance(new AudioClip(samples, rateHz), AudioEncoding.PCM_S16LE, 20);
        float[] offline = enhance(samples, rateHz, 1, 1024, StreamRules.DEFAULT);
        byte[] bytes = new byte[2 * rateHz];
        io.clearline.dsp.Pcm16.encode(offline, 0, bytes, 0, rateHz);
        io.clearline.dsp.Pcm16.encode(job.samples(), 0, coded, 0, rateHz);
        assertThat(bytes).isEqualTo(coded);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void everyDigitThatDecodesBeforeDecodesAfterOverNoise(int rateHz) throws IOException {
        String digits = Dtmf.random(rateHz == 8_000 ? 200 : 50, 7);
        float[] samples = Dtmf.send(digits, 50, rateHz, 0.1);
        add(samples, Signals.whiteNoise(samples.length, 0.02, 5));
        assertThat(Dtmf.decode(samples, rateHz)).isEqualTo(digits);
        assertThat(Dtmf.decode(enhance(samples, rateHz, 1, 1024, StreamRules.DEFAULT), rateHz))
                .isEqualTo(digits);
    }

    /** Speech from half its level up to a level at which a third of the digits can't be decoded before either. */
    @ParameterizedTest
    @ValueSource(floats = {0.5f, 1, 1.5f})
    void everyDigitThatDecodesBeforeDecodesAfterOverSpeech(float gain) throws IOException {
        float[] samples = Dtmf.send(Dtmf.random(200, 3), 80, 16_000, 0.2);
        float[] speech = AudioFiles.read(Samples.speech().get(1)).samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] += gain * speech[i % speech.length];
        }
        String before = Dtmf.decode(samples, 16_000);
        assertThat(before.length()).isGreaterThan(120);
        assertThat(Dtmf.decode(enhance(samples, 16_000, 1, 1024, StreamRules.DEFAULT), 16_000))
                .isEqualTo(before);
    }

    @Test
    void withoutKeepingThemTonesAreTreatedAsNoise() throws IOException {
        StreamRules rules = new StreamRules(3, StreamRules.NO_TIMEOUT, 10_000, 1_000, 1f, 100f, false);
        float[] tone = Signals.sine(16_000, 2_100, 8_000, 0.2);
        double enhanced = energy(enhance(tone, 8_000, 1, 1024, rules));
        double kept = energy(enhance(tone, 8_000, 1, 1024, StreamRules.DEFAULT));
        assertThat(kept).isGreaterThan(0.9 * energy(tone));
        assertThat(enhanced).isLessThan(0.5 * kept);
    }

    /** As in broadcast: the band above the model's has the gain of the highest part of the model's band. */
    @Test
    void whatIsAboveTheModelsBandPassesWithTheSpeech() throws IOException {
        float[] speech = AudioFiles.read(Samples.speech().get(0)).samples();
        float[] wide = new float[3 * speech.length];
        io.clearline.dsp.Resampler up = new io.clearline.dsp.Resampler(16_000, 48_000);
        float[] out = new float[wide.length + 10];
        int length = up.process(speech, 0, speech.length, out, 0);
        System.arraycopy(out, 0, wide, 0, Math.min(length, wide.length));
        StreamRules dry = new StreamRules(3, StreamRules.NO_TIMEOUT, 10_000, 1_000, 0f, 0f, false);
        add(wide, Signals.sine(wide.length, 12_000, 48_000, 0.01));
        float[] passed = enhance(wide, 48_000, 1, 1024, dry);
        // Nothing is enhanced, so the low and the high band must add up to the input.
        double error = 0;
        for (int i = 2_000; i < wide.length - 2_000; i++) {
            error += Math.pow(passed[i] - wide[i], 2);
        }
        assertThat(10 * Math.log10(error / energy(wide))).isLessThan(-55);
    }

    private static float[] enhance(float[] interleaved, int rateHz, int channels, int block, StreamRules rules)
            throws IOException {
        ChannelEnhancer enhancer = new ChannelEnhancer(models(), rules, rateHz, channels);
        float[] out = new float[interleaved.length];
        float[] part = new float[4096 * channels];
        int at = 0;
        for (int from = 0; from < interleaved.length; from += block * channels) {
            int to = Math.min(interleaved.length, from + block * channels);
            enhancer.push(Arrays.copyOfRange(interleaved, from, to), (to - from) / channels);
            at += drain(enhancer, part, out, at, channels);
        }
        enhancer.end();
        at += drain(enhancer, part, out, at, channels);
        assertThat(at).isEqualTo(out.length);
        return out;
    }

    private static int drain(ChannelEnhancer enhancer, float[] part, float[] out, int at, int channels) {
        int total = 0;
        for (int frames = enhancer.pull(part, 4096); frames > 0; frames = enhancer.pull(part, 4096)) {
            System.arraycopy(part, 0, out, at + total, frames * channels);
            total += frames * channels;
        }
        return total;
    }

    private static ModelSet models() throws IOException {
        ModelSet models = new ModelSet(new ScalarKernel(), 8);
        for (ModelFiles model : JobModels.load(new Configuration())) {
            models.add(model.unpack());
        }
        return models;
    }

    private static float[] channel(float[] interleaved, int channels, int channel) {
        float[] one = new float[interleaved.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = interleaved[i * channels + channel];
        }
        return one;
    }

    private static void add(float[] to, float[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    private static double energy(float[] samples) {
        double energy = 0;
        for (float sample : samples) {
            energy += (double) sample * sample;
        }
        return energy;
    }
}
