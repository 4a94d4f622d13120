package io.clearline.unfolding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.unfolding.network.Source;
import io.clearline.unfolding.nmf.DeepNmfReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The numbers that the mathematics was derived and checked with. */
public final class SpecVectors {

    private static final JsonNode ROOT = read();

    private SpecVectors() {}

    public static JsonNode sparseNmf() {
        return ROOT.get("snmf");
    }

    public static List<JsonNode> deepNmf() {
        List<JsonNode> cases = new ArrayList<>();
        ROOT.get("deep_nmf").forEach(cases::add);
        return cases;
    }

    public static JsonNode normalisedLayer() {
        return ROOT.get("deep_nmf_normalised_layer");
    }

    public static DMatrixRMaj matrix(JsonNode rows) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows.size(), rows.get(0).size());
        for (int i = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++) {
                matrix.set(i, j, rows.get(i).get(j).asDouble());
            }
        }
        return matrix;
    }

    public static List<DMatrixRMaj> matrices(JsonNode list) {
        List<DMatrixRMaj> matrices = new ArrayList<>();
        list.forEach(rows -> matrices.add(matrix(rows)));
        return matrices;
    }

    public static List<Source> sources(JsonNode network) {
        return List.of(
                new Source("target", network.get("R_target").asInt()),
                new Source("other", network.get("R_other").asInt()));
    }

    public static DeepNmfReference network(JsonNode network) {
        return new DeepNmfReference(
                sources(network),
                network.get("beta1").asDouble(),
                network.get("mu").asDouble(),
                matrices(network.get("W_slots_0_to_K")));
    }

    private static JsonNode read() {
        try (InputStream in = SpecVectors.class.getResourceAsStream("/vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
