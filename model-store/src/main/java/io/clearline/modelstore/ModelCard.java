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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.model.SlowStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contents of {@code card.json}: everything about a model except the weights. Immutable. The components are the
 * field names of the JSON file.
 *
 * @param format always {@link #FORMAT}; a reader rejects any other value
 * @param stft the transform of the signal
 * @param features the transform from magnitudes to the input of the network
 * @param network the topology of the network and the names of its tensors
 * @param calibration the calibration of the SDR estimate
 * @param cost the cost of running the model; informative, derived from the model when the card is written
 * @param weights the file of weights that belongs to this card
 * @param provenance the training data, the recipe and the scores; does not affect the output
 */
public record ModelCard(
        String format,
        String name,
        String version,
        int sampleRateHz,
        StftSpec stft,
        Features features,
        NetworkTopology network,
        SdrCalibration calibration,
        Cost cost,
        WeightsFile weights,
        Provenance provenance) {

    /** The identifier of the format. It changes only when an older release could no longer read a card. */
    public static final String FORMAT = "clearline-model-1";

    /** The maximum size of a card, far above that of any real one. */
    static final int MAX_BYTES = 4 << 20;

    private static final String SURFACE = "calibration.outputSurface";

    /** The paths at which null means that the model lacks the feature. Everywhere else null is an error. */
    private static final Set<String> NULLABLE =
            Set.of("features.bands", "features.level", "features.statistics", SURFACE);

    private static final String REMEDY = "take the card that belongs to the weights, or correct the field";

    /**
     * The transform from the magnitudes of a frame to one input column of the network.
     *
     * @param contextFrames frames in one input column, the newest last
     * @param bands the bands that bins are gathered into; null when the network sees the bins themselves
     * @param level the level normalisation; null for none
     * @param statistics the slow statistics that are appended as further rows; null for none
     */
    public record Features(int contextFrames, Bands bands, LevelNormalisation level, SlowStatistics statistics) {}

    /**
     * The matrix that gathers bins into bands.
     *
     * @param tensor name of the tensor, {@code [bands x bins]}
     */
    public record Bands(String tensor, int bands) {}

    /**
     * The cost of running a model.
     *
     * @param parameters number of distinct weights; tied ones count once
     * @param multiplyAddsPerSecond multiply-add operations of the network per second of one stream
     * @param algorithmicDelayMillis delay from an input sample to the output sample of the same instant
     */
    public record Cost(long parameters, long multiplyAddsPerSecond, double algorithmicDelayMillis) {}

    /**
     * A reference to the file of weights.
     *
     * @param file name of the file, in the folder of the card
     * @param bytes size of the file
     * @param sha256 SHA-256 of the whole file, 64 lower-case hexadecimal digits
     */
    public record WeightsFile(String file, long bytes, String sha256) {}

    /** Returns name and version. */
    public ModelId id() {
        return new ModelId(name, version);
    }

    /** Returns the card as the text of {@code card.json}. */
    public String toJson() {
        try {
            return Json.pretty().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "this card has a value that JSON cannot represent: " + e.getMessage(), e);
        }
    }

    byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Parses and validates a card.
     *
     * @param file name of the card, for error messages
     * @throws ModelFormatException when the card is malformed; the message names the field, its line and its column
     */
    static ModelCard read(String file, byte[] json) throws ModelFormatException {
        if (json.length > MAX_BYTES) {
            throw new ModelFormatException(
                    file, "expected at most " + MAX_BYTES + " bytes, found " + json.length, "this is not a card");
        }
        JsonNode tree = parse(file, json);
        // Checked first: a card of a later format may differ everywhere else, and its first difference would mislead.
        String format = tree.path("format").asText("nothing");
        if (!format.equals(FORMAT)) {
            throw new ModelFormatException(
                    file,
                    "expected format " + FORMAT + ", found " + format,
                    "use a model that this release or an earlier one wrote");
        }
        addFieldsMissingInOldCards(tree);
        requireNoNulls(file, List.of(), tree, json);
        return bind(file, tree, json);
    }

    private static JsonNode parse(String file, byte[] json) throws ModelFormatException {
        try {
            return Json.STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, JsonProblem.of(e, json), "copy the card again", e);
        } catch (IOException e) {
            throw new ModelFormatException(file, "is not text: " + e.getMessage(), "copy the card again", e);
        }
    }

    /** Completes a card that was written before {@code calibration.outputSurface} existed. */
    private static void addFieldsMissingInOldCards(JsonNode tree) {
        if (tree.get("calibration") instanceof ObjectNode calibration && !calibration.has("outputSurface")) {
            calibration.putNull("outputSurface");
        }
    }

    private static ModelCard bind(String file, JsonNode tree, byte[] json) throws ModelFormatException {
        try {
            return Json.STRICT.treeToValue(tree, ModelCard.class);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, JsonProblem.of(e, json), REMEDY, e);
        }
    }

    private static void requireNoNulls(String file, List<String> path, JsonNode node, byte[] json)
            throws ModelFormatException {
        String name = String.join(".", path);
        if (node.isNull() && !NULLABLE.contains(name)) {
            String place = JsonPlace.of(path, json).describe(name);
            throw new ModelFormatException(file, place + "expected a value, found null", REMEDY);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!name.isEmpty() || !field.getKey().equals("provenance")) {
                requireNoNulls(file, child(path, field.getKey()), field.getValue(), json);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireNoNulls(file, child(path, String.valueOf(i)), node.get(i), json);
        }
    }

    private static List<String> child(List<String> path, String step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }
}
