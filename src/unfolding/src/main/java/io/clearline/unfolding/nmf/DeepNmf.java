package io.clearline.unfolding.nmf;

import io.clearline.unfolding.framework.Layer;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import io.clearline.unfolding.network.DeepNmfParameters;
import io.clearline.unfolding.network.Dictionary;
import io.clearline.unfolding.network.Source;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Deep NMF: the updates of the activations of sparse NMF, unfolded, and a Wiener read-out. Parameters are dictionaries
 * {@code [rows x atoms]}, the state the activations {@code [atoms x columns]}, the input the mixture's magnitudes {@code [rows x columns]}, of
 * which each slot uses as many of the last rows as it has.
 *
 * @param beta of the inference: 1 is Kullback-Leibler, 2 Euclidean, 0 Itakura-Saito
 * @param sparsity mu, the weight of the L1 norm of the activations
 */
public record DeepNmf(List<Source> sources, double beta, double sparsity) {

    public DeepNmf {
        sources = List.copyOf(sources);
    }

    /** The network of K iterations and a read-out; the tying is over K + 1 slots. */
    public UnfoldedNetwork unfold(int iterations, Tying tying) {
        return UnfoldedNetwork.of(iterations, layer(), new WienerReadOut(sources), tying);
    }

    /** One update; the fast form where there is one. */
    public Layer layer() {
        return beta == 2 ? new EuclideanLayer(sparsity) : new NmfLayer(beta, sparsity);
    }

    /** The speech mask {@code [bins x columns]} that a float network stands for. */
    public static DMatrixRMaj speechMask(DeepNmfParameters network, DMatrixRMaj input, DMatrixRMaj initial) {
        List<DMatrixRMaj> slots = network.slots().stream().map(DeepNmf::matrix).toList();
        int iterations = network.iterations();
        List<DMatrixRMaj> states = new DeepNmf(network.sources(), network.beta(), network.sparsity())
                .unfold(iterations, Tying.untied(iterations + 1))
                .run(slots, input, initial)
                .states();
        DMatrixRMaj h = states.get(iterations - 1);
        DMatrixRMaj readOut = slots.get(iterations);
        DMatrixRMaj speech =
                new WienerReadOut(network.sources()).parts(readOut, h).get(0);
        return Matrices.map(speech, SparseNmf.reconstruction(readOut, h), (own, all) -> own / all);
    }

    private static DMatrixRMaj matrix(Dictionary dictionary) {
        DMatrixRMaj matrix = new DMatrixRMaj(dictionary.rows(), dictionary.atoms());
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = dictionary.weights()[i];
        }
        return matrix;
    }
}
