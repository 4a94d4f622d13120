package io.clearline.unfolding.network;

import java.util.List;

/**
 * The Euclidean network with free Gram matrices: one product with the input, then K cheap layers.
 *
 * <pre>
 *   b = W^T x;   h = h * (d_k * b) / (G_k h + 0.1 mu_k + 1e-8),  k = 1..K
 *   mask = (R h of the speech) / (R h + 1e-8)
 * </pre>
 *
 * With {@code d_k = 1} and {@code G_k = W^T W} it is Euclidean sparse NMF stopped after K updates.
 *
 * @param inference W, {@code [inputRows x atoms]}
 * @param scales d_k, K arrays {@code [atoms]}
 * @param grams G_k, K arrays {@code [atoms x atoms]}, row-major; row i serves output i
 * @param sparsity mu_k, one a layer
 * @param readOut R, {@code [bins x atoms]}, speech atoms first
 */
public record GramNmfParameters(
        List<Source> sources,
        Dictionary inference,
        List<float[]> scales,
        List<float[]> grams,
        float[] sparsity,
        Dictionary readOut,
        float[] initialActivations)
        implements NetworkParameters {

    /** What multiplies mu_k in the denominator. */
    public static final float SPARSITY_SCALE = 0.1f;

    /** What keeps every denominator above zero. */
    public static final float FLOOR = 1e-8f;

    public GramNmfParameters {
        sources = List.copyOf(sources);
        scales = List.copyOf(scales);
        grams = List.copyOf(grams);
        int atoms = sources.stream().mapToInt(Source::atoms).sum();
        if (atoms == 0 || grams.isEmpty() || scales.size() != grams.size() || sparsity.length != grams.size()) {
            throw new IllegalArgumentException("a Gram network needs sources and as many scales and sparsities as Gram"
                    + " matrices, found " + scales.size() + ", " + sparsity.length + " and " + grams.size());
        }
        if (inference.atoms() != atoms || readOut.atoms() != atoms) {
            throw new IllegalArgumentException("expected " + atoms + " atoms as the sources have, found "
                    + inference.atoms() + " in the inference dictionary and " + readOut.atoms() + " in the read-out");
        }
        for (int k = 0; k < grams.size(); k++) {
            Weights.requireLength("scale of layer " + k, scales.get(k), atoms);
            Weights.requireNonNegative("scale of layer " + k, scales.get(k));
            Weights.requireLength("Gram matrix of layer " + k, grams.get(k), atoms * atoms);
            Weights.requireNonNegative("Gram matrix of layer " + k, grams.get(k));
        }
        Weights.requireNonNegative("sparsity", sparsity);
        Weights.requireLength("initial activations", initialActivations, atoms);
        Weights.requireNonNegative("initial activations", initialActivations);
    }

    @Override
    public int inputRows() {
        return inference.rows();
    }

    @Override
    public int bins() {
        return readOut.rows();
    }

    @Override
    public int iterations() {
        return grams.size();
    }

    @Override
    public long parameters() {
        long layers = (long) iterations() * (atoms() * (atoms() + 1L) + 1);
        return inference.weights().length + layers + readOut.weights().length + initialActivations.length;
    }

    @Override
    public long multiplyAddsPerHop() {
        return inference.weights().length + (long) iterations() * atoms() * (atoms() + 1) + readOut.weights().length;
    }
}
