package io.clearline.unfolding.nmf;

import static io.clearline.unfolding.framework.Matrices.times;

import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.network.DeepNmfParameters;
import io.clearline.unfolding.network.Dictionary;
import io.clearline.unfolding.network.Source;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The deep NMF network in double precision, for tests and for judging the float kernels. Immutable.
 *
 * @param slots W^0 .. W^K; the last is the read-out
 */
public record DeepNmfReference(List<Source> sources, double beta, double sparsity, List<DMatrixRMaj> slots) {

    public DeepNmfReference {
        sources = List.copyOf(sources);
        slots = List.copyOf(slots);
    }

    /** The same network as the float parameters hold. */
    public static DeepNmfReference of(DeepNmfParameters network) {
        List<DMatrixRMaj> slots =
                network.slots().stream().map(DeepNmfReference::matrix).toList();
        return new DeepNmfReference(network.sources(), network.beta(), network.sparsity(), slots);
    }

    /**
     * What a forward pass gives.
     *
     * @param activations H^1 .. H^K, each {@code [atoms x frames]}
     * @param reconstruction W^K H^K, {@code [bins x frames]}
     * @param sourceReconstructions the part of each source in it
     * @param masks of each source; they sum to 1
     */
    public record Forward(
            List<DMatrixRMaj> activations,
            DMatrixRMaj reconstruction,
            List<DMatrixRMaj> sourceReconstructions,
            List<DMatrixRMaj> masks) {

        /** The mixture's magnitudes {@code [bins x frames]} times the mask of a source. */
        public DMatrixRMaj estimate(int source, DMatrixRMaj mixture) {
            return times(masks.get(source), mixture);
        }
    }

    /**
     * Runs the network.
     *
     * @param input {@code [inputRows x frames]}; each slot uses as many of its last rows as the slot has
     * @param initial H^0, {@code [atoms x frames]}
     */
    public Forward forward(DMatrixRMaj input, DMatrixRMaj initial) {
        SparseNmf inference = new SparseNmf(beta, sparsity);
        List<DMatrixRMaj> activations = new ArrayList<>();
        DMatrixRMaj h = initial;
        for (DMatrixRMaj w : slots.subList(0, slots.size() - 1)) {
            h = inference.updateActivations(newestRows(input, w.numRows), w, h);
            activations.add(h);
        }
        return readOut(activations, h);
    }

    /** A slot with columns of unit L2 norm: the layer that trains the directions of its atoms alone. */
    public DeepNmfReference withNormalisedSlot(int slot) {
        List<DMatrixRMaj> changed = new ArrayList<>(slots);
        changed.set(slot, SparseNmf.normalised(slots.get(slot)));
        return new DeepNmfReference(sources, beta, sparsity, changed);
    }

    private Forward readOut(List<DMatrixRMaj> activations, DMatrixRMaj h) {
        DMatrixRMaj w = slots.get(slots.size() - 1);
        DMatrixRMaj all = SparseNmf.reconstruction(w, h);
        List<DMatrixRMaj> parts = new ArrayList<>();
        List<DMatrixRMaj> masks = new ArrayList<>();
        int first = 0;
        for (Source source : sources) {
            int end = first + source.atoms();
            DMatrixRMaj part = new DMatrixRMaj(w.numRows, h.numCols);
            CommonOps_DDRM.mult(
                    CommonOps_DDRM.extract(w, 0, w.numRows, first, end),
                    CommonOps_DDRM.extract(h, first, end, 0, h.numCols),
                    part);
            parts.add(part);
            masks.add(Matrices.map(part, all, (own, sum) -> own / sum));
            first = end;
        }
        return new Forward(List.copyOf(activations), all, parts, masks);
    }

    private static DMatrixRMaj newestRows(DMatrixRMaj input, int rows) {
        return CommonOps_DDRM.extract(input, input.numRows - rows, input.numRows, 0, input.numCols);
    }

    private static DMatrixRMaj matrix(Dictionary dictionary) {
        DMatrixRMaj matrix = new DMatrixRMaj(dictionary.rows(), dictionary.atoms());
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = dictionary.weights()[i];
        }
        return matrix;
    }
}
