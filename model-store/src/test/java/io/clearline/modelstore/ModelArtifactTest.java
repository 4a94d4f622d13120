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
package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.clearline.dsp.Sha256;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.inference.network.GramNmfParameters;
import io.clearline.inference.network.LocalNmfParameters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
class ModelArtifactTest {

    static Stream<EnhancementModel> allKinds() {
        return Stream.of(
                Models.deepNmf("deep", "1"),
                Models.gram("gram", "1"),
                Models.remembering("memory", "1"),
                Models.local("local", "1"));
    }

    @ParameterizedTest
    @MethodSource("allKinds")
    void everyBitOfAModelComesBack(EnhancementModel model) throws Exception {
        ArtifactFiles files = ModelArtifact.write(model, Models.provenance());

        ModelArtifact read = ModelArtifact.read(files.safetensors(), files.card());

        assertThat(read.model()).usingRecursiveComparison(Models.toTheBit()).isEqualTo(model);
        assertThat(read.card().provenance()).isEqualTo(Models.provenance());
        ArtifactFiles again = ModelArtifact.write(read.model(), read.card().provenance());
        assertThat(again.safetensors()).isEqualTo(files.safetensors());
        assertThat(again.card()).isEqualTo(files.card());
    }

    @Test
    void theSurfaceOfTheSdrEstimateComesBackToTheLastBit() throws Exception {
        EnhancementModel plain = Models.gram("gram", "1");
        SdrCalibration calibration = new SdrCalibration(
                plain.calibration().input(),
                plain.calibration().output(),
                new SdrCalibration.Surface(
                        1.0 / 7,
                        1.1,
                        -0.2,
                        0.01,
                        -0.02,
                        0.03,
                        new SdrCalibration.Range(-5, 20),
                        new SdrCalibration.Range(-12, 22)),
                -3,
                4);
        EnhancementModel model = new EnhancementModel(
                plain.id(), plain.sampleRateHz(), plain.stft(), plain.features(), plain.network(), calibration);
        ArtifactFiles files = ModelArtifact.write(model, Provenance.unknown());
        assertThat(ModelArtifact.read(files.safetensors(), files.card()).model().calibration())
                .isEqualTo(calibration);
    }

    /**
     * The files in {@code format-1} were written by the first release. They must not be changed, and must remain
     * readable.
     */
    @Test
    void artifactsOfTheFirstReleaseStillRead() throws Exception {
        Path released = Path.of(ModelArtifactTest.class.getResource("format-1").toURI());

        assertThat(ModelArtifact.read(released.resolve("deep-nmf")).model())
                .usingRecursiveComparison(Models.toTheBit())
                .isEqualTo(Models.deepNmf("deep-nmf", "1"));
        assertThat(ModelArtifact.read(released.resolve("gram")).model())
                .usingRecursiveComparison(Models.toTheBit())
                .isEqualTo(Models.gram("gram", "1"));
    }

    @Test
    void tiedSlotsAreStoredOnceAndComeBackAsOneInstance() throws Exception {
        EnhancementModel model = Models.deepNmf("deep", "1");
        ArtifactFiles files = ModelArtifact.write(model, Provenance.unknown());

        List<Dictionary> slots = ((DeepNmfParameters) read(files).model().network()).slots();

        assertThat(slots.get(1)).isSameAs(slots.get(0));
        assertThat(slots.get(2)).isNotSameAs(slots.get(1));
        assertThat(files.safetensors().length).isLessThan(4 * (int) model.parameters() + 1000);
        assertThat(read(files).model().parameters()).isEqualTo(model.parameters());
    }

    @Test
    void tiedGramMatricesComeBackAsOneInstance() throws Exception {
        ArtifactFiles files = ModelArtifact.write(Models.gram("gram", "1"), Provenance.unknown());

        GramNmfParameters network = (GramNmfParameters) read(files).model().network();

        assertThat(network.grams().get(1)).isSameAs(network.grams().get(0));
        assertThat(network.scales().get(1)).isNotSameAs(network.scales().get(0));
    }

    @Test
    void theCardStatesTheCostOfTheModel() throws Exception {
        EnhancementModel model = Models.gram("gram", "1");

        ModelCard card = read(ModelArtifact.write(model, Provenance.unknown())).card();

        assertThat(card.cost().parameters()).isEqualTo(model.parameters());
        assertThat(card.cost().multiplyAddsPerSecond()).isEqualTo(model.multiplyAddsPerSecond());
        assertThat(card.cost().algorithmicDelayMillis()).isEqualTo(4.0);
    }

    @Test
    void oneFlippedBitOfTheWeightsIsNoticed() {
        ArtifactFiles files = ModelArtifact.write(Models.gram("gram", "1"), Provenance.unknown());
        files.safetensors()[files.safetensors().length - 3] ^= 1;

        assertRefused(files).withMessageContaining("model.safetensors").withMessageContaining("SHA-256");
    }

    @Test
    void aMissingTensorIsNamedWithTheShapeItShouldHave() {
        assertRefused(withTensors(Models.deepNmf("deep", "1"), tensor -> null, "network.slot.2"))
                .withMessageContaining("tensor network.slot.2: expected shape [33 x 7], found no such tensor")
                .withMessageContaining("network.slot.0");
    }

    @Test
    void aWrongShapeIsReportedWithTheExpectedOne() {
        assertRefused(withTensors(
                        Models.gram("gram", "1"),
                        tensor -> new Tensor(tensor.name(), new int[] {7, 33}, tensor.values()),
                        "network.readOut"))
                .withMessageContaining("tensor network.readOut: expected shape [33 x 7], found [7 x 33]")
                .withMessageContaining("use both files of the same version");
    }

    @Test
    void anUnknownTensorIsRefused() {
        EnhancementModel model = Models.gram("gram", "1");
        ArtifactFiles files = withTensors(
                model, tensor -> new Tensor("network.gram.9", tensor.shape(), tensor.values()), "network.gram.0");
        String card = text(files.card()).replaceFirst("network\\.gram\\.0", "network.gram.9");

        assertRefused(new ArtifactFiles(files.safetensors(), bytes(card)))
                .withMessageContaining("tensor network.gram.0: expected shape [7 x 7], found no such tensor");
        assertRefused(withExtra(model)).withMessageContaining("tensors that the card does not know: [extra]");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -1e-30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsThatAreNotFiniteOrWronglyNegativeAreRefused(float weight) {
        for (EnhancementModel model : allKinds().toList()) {
            for (Tensor tensor : tensorsOf(model)) {
                ArtifactFiles files = withTensors(model, sound -> withLast(sound, weight), tensor.name());
                boolean signed = isSigned(model, tensor);
                if (signed && Float.isFinite(weight)) {
                    assertThatNoException().isThrownBy(() -> read(files));
                    continue;
                }
                assertRefused(files)
                        .withMessageContaining("tensor " + tensor.name() + ": expected finite values"
                                + (signed ? "" : " >= 0") + ", found " + weight + " at index "
                                + (tensor.values().length - 1));
            }
        }
    }

    /** In a local network the weights that infer the activations may be negative, those of the dictionaries may not. */
    private static boolean isSigned(EnhancementModel model, Tensor tensor) {
        return model.network() instanceof LocalNmfParameters
                && tensor.name().startsWith("network.")
                && !tensor.name().startsWith("network.dictionary.")
                && !tensor.name().equals("network.binWeights")
                && !tensor.name().equals("network.rowBins");
    }

    @Test
    void aForeignSafetensorsFileIsRefused() {
        EnhancementModel model = Models.gram("gram", "1");
        byte[] foreign =
                SafetensorsFile.write(List.of(new Tensor("encoder.weight", new int[] {2, 2}, new float[4])), Map.of());

        assertRefused(withChecksumOf(model, foreign))
                .withMessageContaining("expected shape [6 x 33]")
                .withMessageContaining("[encoder.weight]");
        assertRefused(withChecksumOf(model, bytes("PK\3\4 not at all, but long enough")))
                .withMessageContaining("not a Clearline model");
    }

    @Test
    void aCardOfAnotherFormatIsRefusedBeforeAnythingElse() {
        assertRefused(withCard("\"clearline-model-1\"", "\"clearline-model-2\""))
                .withMessageContaining("card.json: expected format clearline-model-1, found clearline-model-2");
        assertRefused(new ArtifactFiles(new byte[0], bytes("{}"))).withMessageContaining("found nothing");
        assertRefused(new ArtifactFiles(new byte[0], bytes("<html>"))).withMessageContaining("card.json");
        assertRefused(new ArtifactFiles(new byte[0], new byte[0])).withMessageContaining("card.json");
    }

    @Test
    void aFieldThatIsUnknownMissingRepeatedNullOrOfTheWrongTypeIsNamed() {
        assertRefused(withCard("\"sampleRateHz\"", "\"sampleRate\"")).withMessageContaining("sampleRate");
        assertRefused(withCard("\"sampleRateHz\" : 16000,", "")).withMessageContaining("sampleRateHz");
        assertRefused(withCard("\"sampleRateHz\" : 16000,", "\"sampleRateHz\" : 1, \"sampleRateHz\" : 2,"))
                .withMessageContaining("sampleRateHz");
        assertRefused(withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : null"))
                .withMessageContaining("sampleRateHz: expected a value, found null");
        assertRefused(withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : \"fast\""))
                .withMessageContaining("sampleRateHz");
        assertRefused(withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : 16000.5"))
                .withMessageContaining("sampleRateHz");
        assertRefused(withCard("\"kind\" : \"gram\"", "\"kind\" : \"lstm\"")).withMessageContaining("lstm");
        assertRefused(withCard("\"slope\" : 0.9", "\"slope\" : null"))
                .withMessageContaining("calibration.input.slope: expected a value, found null");
    }

    @Test
    void aProblemOfACardIsToldInPlainWordsWithLineColumnAndField() {
        Map<String, ArtifactFiles> problems = Map.of(
                "line 5, column 20, field sampleRateHz: expected a whole number, found \"fast\"",
                withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : \"fast\""),
                "line 5, column 20, field sampleRateHz: expected a whole number, found 16000.5",
                withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : 16000.5"),
                "line 1, column 1, field sampleRateHz: expected a value, found no field sampleRateHz",
                withCard("\"sampleRateHz\" : 16000,", ""),
                "field extra: the field is unknown, expected one of",
                withCard("\"sampleRateHz\"", "\"extra\" : 1, \"sampleRateHz\""),
                "field network: the kind \"lstm\" is unknown",
                withCard("\"kind\" : \"gram\"", "\"kind\" : \"lstm\""),
                "field calibration.input.slope: expected a value, found null",
                withCard("\"slope\" : 0.9", "\"slope\" : null"),
                "line 1, column",
                new ArtifactFiles(new byte[0], bytes("{\"format\" :")));
        problems.forEach((problem, files) -> assertRefused(files)
                .withMessageContaining("card.json: line ")
                .withMessageContaining(problem)
                .withMessageNotContainingAny("Source:", "REDACTED", "FAIL_ON", "java.", "`", "JsonToken"));
    }

    @Test
    void aCardThatContradictsItselfIsRefused() {
        assertRefused(withCard("\"sampleRateHz\" : 16000", "\"sampleRateHz\" : 0"))
                .withMessageContaining("0 Hz");
        assertRefused(withCard("\"hopSamples\" : 32", "\"hopSamples\" : 65"))
                .withMessageContaining("stft")
                .withMessageContaining("65");
        assertRefused(withCard("\"contextFrames\" : 2", "\"contextFrames\" : 3"))
                .withMessageContaining("tensor network.inference: expected shape [36 x 7], found [30 x 7]");
        assertRefused(withCard("\"contextFrames\" : 2", "\"contextFrames\" : 2000000000"))
                .withMessageContaining("found");
        assertRefused(withCard("\"atoms\" : 4", "\"atoms\" : 2147483647")).withMessageContaining("card.json");
        assertRefused(withCard("\"atoms\" : 4", "\"atoms\" : 5")).withMessageContaining("found");
    }

    @Test
    void aDamagedCardNeverBecomesAnotherException() {
        ArtifactFiles sound = ModelArtifact.write(Models.gram("gram", "1"), Provenance.unknown());
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 3000; round++) {
            byte[] card = sound.card().clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                card[random.nextInt(card.length)] = (byte) random.nextInt(32, 127);
            }
            try {
                assertThat(ModelArtifact.read(sound.safetensors(), card)).isNotNull();
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageContaining("; ");
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + ": " + text(card), e);
            }
        }
    }

    private static ThrowableAssertAlternative<ModelFormatException> assertRefused(ArtifactFiles files) {
        return assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelArtifact.read(files.safetensors(), files.card()));
    }

    private static ModelArtifact read(ArtifactFiles files) throws ModelFormatException {
        return ModelArtifact.read(files.safetensors(), files.card());
    }

    /** Returns the files of the Gram model with one text in the card replaced. */
    private static ArtifactFiles withCard(String text, String replacement) {
        ArtifactFiles files = ModelArtifact.write(Models.gram("gram", "1"), Provenance.unknown());
        String card = text(files.card());
        assertThat(card).contains(text);
        return new ArtifactFiles(files.safetensors(), bytes(card.replace(text, replacement)));
    }

    /**
     * Returns the model with one tensor changed, or omitted where the change yields null, and with a matching checksum.
     */
    private static ArtifactFiles withTensors(EnhancementModel model, UnaryOperator<Tensor> change, String name) {
        List<Tensor> tensors = tensorsOf(model).stream()
                .map(tensor -> tensor.name().equals(name) ? change.apply(tensor) : tensor)
                .filter(Objects::nonNull)
                .toList();
        return withChecksumOf(model, SafetensorsFile.write(tensors, Map.of()));
    }

    private static ArtifactFiles withExtra(EnhancementModel model) {
        List<Tensor> tensors = Stream.concat(
                        tensorsOf(model).stream(), Stream.of(new Tensor("extra", new int[] {1}, new float[1])))
                .toList();
        return withChecksumOf(model, SafetensorsFile.write(tensors, Map.of()));
    }

    private static ArtifactFiles withChecksumOf(EnhancementModel model, byte[] safetensors) {
        ArtifactFiles files = ModelArtifact.write(model, Provenance.unknown());
        String card = text(files.card()).replace(Sha256.of(files.safetensors()), Sha256.of(safetensors));
        return new ArtifactFiles(safetensors, bytes(card));
    }

    private static List<Tensor> tensorsOf(EnhancementModel model) {
        try {
            return SafetensorsFile.read(
                    "test", ModelArtifact.write(model, Provenance.unknown()).safetensors());
        } catch (ModelFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static Tensor withLast(Tensor tensor, float value) {
        float[] values = tensor.values().clone();
        values[values.length - 1] = value;
        return new Tensor(tensor.name(), tensor.shape(), values);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
