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

import io.clearline.dsp.Sha256;
import io.clearline.inference.model.BandMatrix;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.FeatureSpec;
import io.clearline.modelstore.ModelCard.Bands;
import io.clearline.modelstore.ModelCard.Cost;
import io.clearline.modelstore.ModelCard.Features;
import io.clearline.modelstore.ModelCard.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model together with its card, as stored in {@link ArtifactFiles}.
 *
 * <p>Reading verifies the checksum of the weights, the shape and the range of every tensor, and the consistency of card
 * and weights. A model that was read therefore also runs. A round trip preserves every bit of every weight, and which
 * weights are tied.
 *
 * @param model the executable model
 * @param card its description, with provenance and scores
 */
public record ModelArtifact(EnhancementModel model, ModelCard card) {

    private static final String BANDS = "features.bands";

    /** Returns the SHA-256 of the weights in hexadecimal digits, as carried by a model announcement. */
    public String sha256() {
        return card.weights().sha256();
    }

    /** Serialises a model into its two files. The same model and provenance always yield the same bytes. */
    public static ArtifactFiles write(EnhancementModel model, Provenance provenance) {
        TensorWriter tensors = new TensorWriter();
        Features features = write(model.features(), tensors);
        NetworkTopology network = NetworkTensors.write(model.network(), tensors);
        byte[] safetensors = SafetensorsFile.write(
                tensors.tensors(), Map.of("clearline.model", model.id().toString()));
        ModelCard card = new ModelCard(
                ModelCard.FORMAT,
                model.id().name(),
                model.id().version(),
                model.sampleRateHz(),
                model.stft(),
                features,
                network,
                model.calibration(),
                costOf(model),
                new WeightsFile(ArtifactFiles.WEIGHTS, safetensors.length, Sha256.of(safetensors)),
                provenance);
        return new ArtifactFiles(safetensors, card.toBytes());
    }

    private static Features write(FeatureSpec features, TensorWriter tensors) {
        Bands bands = features.bands()
                .map(matrix ->
                        new Bands(tensors.add(BANDS, matrix.weights(), matrix.bands(), matrix.bins()), matrix.bands()))
                .orElse(null);
        return new Features(
                features.contextFrames(),
                bands,
                features.level().orElse(null),
                features.statistics().orElse(null));
    }

    private static Cost costOf(EnhancementModel model) {
        double delayMillis = 1000.0 * model.algorithmicDelaySamples() / model.sampleRateHz();
        return new Cost(model.parameters(), model.multiplyAddsPerSecond(), delayMillis);
    }

    /**
     * Reads a model from the contents of its two files.
     *
     * @throws ModelFormatException when the files do not hold a model that can run
     */
    public static ModelArtifact read(byte[] safetensors, byte[] card) throws ModelFormatException {
        return read(new ArtifactFiles(safetensors, card), ArtifactFiles.WEIGHTS, ArtifactFiles.CARD);
    }

    /**
     * Reads the model in a folder.
     *
     * @throws ModelFormatException when a file is missing, or the files do not hold a model that can run
     */
    public static ModelArtifact read(Path folder) throws IOException {
        return read(ArtifactFiles.readFrom(folder), folder);
    }

    /**
     * Reads a model from the contents of its two files.
     *
     * @param folder the folder that the files were read from, for error messages
     * @throws ModelFormatException when the files do not hold a model that can run
     */
    public static ModelArtifact read(ArtifactFiles files, Path folder) throws ModelFormatException {
        return read(
                files,
                folder.resolve(ArtifactFiles.WEIGHTS).toString(),
                folder.resolve(ArtifactFiles.CARD).toString());
    }

    private static ModelArtifact read(ArtifactFiles files, String weightsFile, String cardFile)
            throws ModelFormatException {
        ModelCard card = ModelCard.read(cardFile, files.card());
        requireChecksum(weightsFile, files.safetensors(), card);
        TensorReader tensors = new TensorReader(weightsFile, SafetensorsFile.read(weightsFile, files.safetensors()));
        try {
            EnhancementModel model = assemble(card, tensors);
            tensors.requireAllTaken();
            return new ModelArtifact(model, card);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // The records of the model validate their own consistency.
            throw new ModelFormatException(
                    cardFile, e.getMessage(), "the card was changed by hand or made by another program, correct it", e);
        }
    }

    private static void requireChecksum(String weightsFile, byte[] safetensors, ModelCard card)
            throws ModelFormatException {
        String found = Sha256.of(safetensors);
        if (!found.equals(card.weights().sha256())) {
            throw new ModelFormatException(
                    weightsFile,
                    "expected " + card.weights().bytes() + " bytes with SHA-256 "
                            + card.weights().sha256()
                            + " as the card of " + card.id() + " says, found " + safetensors.length + " bytes with "
                            + found,
                    "the file is damaged or belongs to another version, copy both files again");
        }
    }

    private static EnhancementModel assemble(ModelCard card, TensorReader tensors) throws ModelFormatException {
        int bins = card.stft().bins();
        FeatureSpec features = read(card.features(), bins, tensors);
        return new EnhancementModel(
                card.id(),
                card.sampleRateHz(),
                card.stft(),
                features,
                NetworkTensors.read(card.network(), features.inputRows(bins), bins, tensors),
                card.calibration());
    }

    private static FeatureSpec read(Features features, int bins, TensorReader tensors) throws ModelFormatException {
        Optional<BandMatrix> bands = Optional.empty();
        if (features.bands() != null) {
            int rows = features.bands().bands();
            bands = Optional.of(
                    new BandMatrix(rows, bins, tensors.values(features.bands().tensor(), rows, bins)));
        }
        return new FeatureSpec(
                features.contextFrames(),
                bands,
                Optional.ofNullable(features.level()),
                Optional.ofNullable(features.statistics()));
    }
}
