package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.LANES;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;
import static io.clearline.unfolding.kernel.VectorWideTiles.COLUMNS;

import io.clearline.dsp.HotPath;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** {@link VectorEuclideanLayer} of a full group of columns. */
final class VectorWideEuclideanLayer implements VectorWideLayer {

    private final PackedLayer.Euclidean weights;
    private final float[] products;
    private final float[] denominators;

    /** Products and denominators are {@code [padded atoms x group]}; the denominators are scratch. */
    VectorWideEuclideanLayer(PackedLayer.Euclidean weights, float[] products, float[] denominators) {
        this.weights = weights;
        this.products = products;
        this.denominators = denominators;
    }

    @Override
    @HotPath
    public void run(float[] input, float[] activations) {
        int atoms = weights.atoms();
        Arrays.fill(denominators, 0);
        VectorWideTiles.accumulate(weights.gram(), atoms, 0, atoms, activations, 0, denominators);
        float[] scale = weights.scale();
        float[] bias = weights.bias();
        for (int atom = 0; atom < atoms; atom++) {
            update(activations, atom * COLUMNS, scale[atom], bias[atom]);
            update(activations, atom * COLUMNS + LANES, scale[atom], bias[atom]);
        }
    }

    @HotPath
    private void update(float[] activations, int at, float scale, float bias) {
        FloatVector denominator =
                FloatVector.fromArray(SPECIES, denominators, at).add(bias).max(NetworkPlan.FLOOR);
        FloatVector numerator = FloatVector.fromArray(SPECIES, products, at).mul(scale);
        FloatVector.fromArray(SPECIES, activations, at)
                .mul(numerator.div(denominator))
                .intoArray(activations, at);
    }
}
