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
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.LevelNormalisation;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.model.SlowStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code card.json} says about a model: everything but the weights.
 *
 * @param format {@link #FORMAT}; a reader refuses any other
 * @param calibration of the SDR estimate
 * @param cost what running the model takes; told, not read back
 * @param weights which file belongs to this card
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

    public static final String FORMAT = "clearline-model-1";

    /** Far above any real card; a larger one is not read. */
    static final int MAX_BYTES = 4 << 20;

    private static final String SURFACE = "calibration.outputSurface";

    private static final Set<String> NULLABLE =
            Set.of("features.bands", "features.level", "features.statistics", SURFACE);
    private static final String REMEDY = "take the card that belongs to the weights, or correct the field";

    /**
     * How magnitudes become the network's input.
     *
     * @param bands null: the bins as they are
     * @param level null: no level normalisation
     * @param statistics null: no such rows
     */
    public record Features(int contextFrames, Bands bands, LevelNormalisation level, SlowStatistics statistics) {}

    /** The tensor {@code [bands x bins]} that gathers bins into bands. */
    public record Bands(String tensor, int bands) {}

    /**
     * @param parameters distinct weights
     * @param multiplyAddsPerSecond of the network, for one second of one stream
     * @param algorithmicDelayMillis from a sample coming in to the same instant going out
     */
    public record Cost(long parameters, long multiplyAddsPerSecond, double algorithmicDelayMillis) {}

    /** @param sha256 of the whole file, 64 lower-case hexadecimal digits */
    public record WeightsFile(String file, long bytes, String sha256) {}

    /** Name and version. */
    public ModelId id() {
        return new ModelId(name, version);
    }

    /** The card as the file holds it. */
    public String toJson() {
        try {
            return Json.pretty().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this card has something that JSON cannot hold: " + e.getMessage(), e);
        }
    }

    byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** @param file the card's name, for messages */
    static ModelCard read(String file, byte[] json) throws ModelFormatException {
        if (json.length > MAX_BYTES) {
            throw new ModelFormatException(
                    file, "expected at most " + MAX_BYTES + " bytes, found " + json.length, "this is not a card");
        }
        JsonNode tree = parse(file, json);
        // Asked first, because a card of a later format differs in every other way too.
        String format = tree.path("format").asText("nothing");
        if (!format.equals(FORMAT)) {
            throw new ModelFormatException(
                    file,
                    "expected format " + FORMAT + ", found " + format,
                    "use a model that this release or an earlier one wrote");
        }
        addWhatOldCardsLack(tree);
        requireNoNulls(file, "", tree);
        return bind(file, tree);
    }

    private static JsonNode parse(String file, byte[] json) throws ModelFormatException {
        try {
            return Json.STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw new ModelFormatException(file, e.getOriginalMessage() + line, "copy the card again", e);
        } catch (IOException e) {
            throw new ModelFormatException(file, "is not text: " + e.getMessage(), "copy the card again", e);
        }
    }

    /** A card from before the surface has no word of it. */
    private static void addWhatOldCardsLack(JsonNode tree) {
        if (tree.get("calibration") instanceof ObjectNode calibration && !calibration.has("outputSurface")) {
            calibration.putNull("outputSurface");
        }
    }

    private static ModelCard bind(String file, JsonNode tree) throws ModelFormatException {
        try {
            return Json.STRICT.treeToValue(tree, ModelCard.class);
        } catch (JsonMappingException e) {
            // The records refuse impossible values; what they say is the cause.
            String problem = e instanceof ValueInstantiationException && e.getCause() != null
                    ? e.getCause().getMessage()
                    : e.getOriginalMessage();
            throw new ModelFormatException(file, path(e) + problem, REMEDY, e);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(file, e.getOriginalMessage(), REMEDY, e);
        }
    }

    private static void requireNoNulls(String file, String path, JsonNode node) throws ModelFormatException {
        if (node.isNull() && !NULLABLE.contains(path)) {
            throw new ModelFormatException(file, path + ": expected a value, found null", REMEDY);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String fieldPath = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (!fieldPath.equals("provenance")) {
                requireNoNulls(file, fieldPath, field.getValue());
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireNoNulls(file, path + "." + i, node.get(i));
        }
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : path + ": ";
    }
}
