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
package io.clearline.training.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.StftSpec;
import io.clearline.evaluation.judge.Judge;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.Source;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.testkit.Signals;
import io.clearline.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
    private static final int RATE_HZ = 8_000;

    @TempDir
    private Path folder;

    private ModelRepository repository;
    private JudgedSets sets;

    @BeforeEach
    void recordVoicesAndNoises() throws IOException {
        repository = new ModelRepository(folder.resolve("models"));
        for (int i = 0; i < 2; i++) {
            float[] speech = Signals.whiteNoise(6 * RATE_HZ, 0.3, i);
            for (int at = 0; at < speech.length; at++) {
                speech[at] *= (float) Math.abs(Math.sin(2 * Math.PI * 1.5 * at / RATE_HZ));
            }
            write("speech/voice-" + i + ".wav", speech);
            write("noise/noise-" + i + ".wav", Signals.whiteNoise(6 * RATE_HZ, 0.1, 50 + i));
        }
        JudgedSets all = JudgedSets.developmentOnly(folder.resolve("speech"), folder.resolve("noise"), RATE_HZ, 1);
        sets = new JudgedSets(new WithoutDrift(all.development()), Optional.empty());
    }

    private void write(String name, float[] samples) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        AudioFiles.writeWav(file, new AudioClip(samples, RATE_HZ));
    }

    /**
     * Returns a model whose mask is nearly 1 in even bins. In odd bins the mask falls with the strength of the noise
     * atom.
     */
    private static EnhancementModel model(StftSpec stft, float noise) {
        return model(stft, 0, noise);
    }

    private static EnhancementModel model(StftSpec stft, float evenNoise, float oddNoise) {
        float[] weights = new float[stft.bins() * 2];
        for (int row = 0; row < stft.bins(); row++) {
            weights[2 * row] = 1;
            weights[2 * row + 1] = row % 2 == 0 ? evenNoise : oddNoise;
        }
        Dictionary dictionary = new Dictionary(stft.bins(), 2, weights);
        return new EnhancementModel(
                new ModelId("test-8k", "1"),
                RATE_HZ,
                stft,
                new FeatureSpec(1, Optional.empty(), Optional.empty(), Optional.empty()),
                new DeepNmfParameters(
                        List.of(new Source("speech", 1), new Source("noise", 1)),
                        1,
                        0,
                        List.of(dictionary, dictionary),
                        new float[] {1, 1}),
                SdrCalibration.uncalibrated());
    }

    private ModelArtifact publish(EnhancementModel model, Optional<String> despite) throws IOException {
        Provenance provenance = new Provenance(Map.of(), Map.of("recipe", "by hand"), Map.of());
        return new Publisher(repository, sets, new Judge(2), Progress.NONE).publish(model, provenance, despite);
    }

    @Test
    void aModelThatPassesIsPublishedWithItsFindings() throws IOException {
        ModelArtifact published = publish(model(new StftSpec(256, 128), 0), Optional.empty());
        assertThat(repository.list()).containsExactly(published.model().id());
        assertThat(published.card().provenance().recipe()).containsEntry("recipe", "by hand");
        assertThat(published.card().provenance().scores())
                .containsOnlyKeys("development", "checks")
                .extractingByKey("checks")
                .asInstanceOf(LIST)
                .hasSize(10)
                .allSatisfy(check -> assertThat(check.toString()).contains("passed=true"));
    }

    @Test
    void aModelWithTooMuchDelayIsRefusedWithTheValues() throws IOException {
        assertThatThrownBy(() -> publish(model(new StftSpec(512, 256), 0), Optional.empty()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("test-8k@1 is not published. algorithmic delay, ms: expected at most 40, found 64. Train it"
                        + " longer or on more data, or publish it anyway with --despite and a reason, which its card"
                        + " will contain.");
        assertThat(repository.list()).isEmpty();
    }

    @Test
    void aModelThatTakesSpeechAwayIsRefusedForEachReason() {
        assertThatThrownBy(() -> publish(model(new StftSpec(256, 128), 3), Optional.empty()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("development SDR gain, mean, dB: expected at least -0.01, found -0.")
                .hasMessageContaining("level change of clean speech, median, dB: expected at most 1.50, found 2.");
    }

    @Test
    void aModelThatSwallowsBeginningsIsRefused() {
        assertThatThrownBy(() -> publish(model(new StftSpec(256, 128), 30, 30), Optional.empty()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("level of an onset after silence, median, dB: expected at least -6, found -");
    }

    @Test
    void aModelThatIsPublishedAnywayStatesTheReason() throws IOException {
        ModelArtifact published = publish(model(new StftSpec(512, 256), 0), Optional.of("for offline use"));
        assertThat(published.card().provenance().scores())
                .containsEntry("publishedDespiteFailedChecks", "for offline use");
        assertThat(published.card().toJson()).contains("algorithmic delay");
    }

    @Test
    void theTestSetIsNotUsedForAModelThatIsRefused() throws IOException {
        JudgedSets untouchable = new JudgedSets(sets.development(), Optional.of(new UntouchableTrials()));
        EnhancementModel late = model(new StftSpec(512, 256), 0);
        assertThatThrownBy(() -> new Publisher(repository, untouchable, new Judge(1), Progress.NONE)
                        .publish(late, Provenance.unknown(), Optional.empty()))
                .isInstanceOf(ModelRefusedException.class);
    }
}
