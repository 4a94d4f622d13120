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
package io.clearline.lab.kernel;

import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The forward pass of a tied network in a straightforward implementation with EJML: its matrix products in float, and
 * loops for the element-wise steps. It is a reference for speed; its results are not used. Thread-confined.
 */
final class EjmlNetwork {

    private static final float FLOOR = 1e-9f;
    /** In place of the division by the column sums of the dictionary, which are constant. */
    private static final float INVERSE_COLUMN_SUM = 1e-3f;

    private final DeepNmfParameters network;
    private final FMatrixRMaj w;
    private final FMatrixRMaj gram;
    private final FMatrixRMaj readOut;
    private final FMatrixRMaj input;
    private final FMatrixRMaj model;
    private final FMatrixRMaj activations;
    private final FMatrixRMaj numerators;
    private final FMatrixRMaj denominators;
    private final FMatrixRMaj mask;

    /**
     * Prepares a network with a constant input.
     *
     * @param batch number of columns
     */
    EjmlNetwork(DeepNmfParameters network, int batch) {
        this.network = network;
        w = matrix(network.slots().get(0));
        gram = new FMatrixRMaj(network.atoms(), network.atoms());
        CommonOps_FDRM.multTransA(w, w, gram);
        readOut = matrix(network.readOut());
        input = new FMatrixRMaj(network.inputRows(), batch);
        Arrays.fill(input.data, 0.5f);
        model = new FMatrixRMaj(network.inputRows(), batch);
        activations = new FMatrixRMaj(network.atoms(), batch);
        numerators = new FMatrixRMaj(network.atoms(), batch);
        denominators = new FMatrixRMaj(network.atoms(), batch);
        mask = new FMatrixRMaj(network.bins(), batch);
    }

    private static FMatrixRMaj matrix(Dictionary w) {
        return new FMatrixRMaj(w.rows(), w.atoms(), true, w.weights());
    }

    /** Computes one forward pass: Kullback-Leibler for beta 1, Euclidean for beta 2. */
    void run() {
        Arrays.fill(activations.data, 1);
        if (network.beta() == 2) {
            euclidean();
        } else {
            kullbackLeibler();
        }
        CommonOps_FDRM.mult(readOut, activations, mask);
    }

    private void kullbackLeibler() {
        for (int k = 0; k < network.iterations(); k++) {
            CommonOps_FDRM.mult(w, activations, model);
            for (int i = 0; i < model.data.length; i++) {
                model.data[i] = input.data[i] / Math.max(model.data[i], FLOOR);
            }
            CommonOps_FDRM.multTransA(w, model, numerators);
            for (int i = 0; i < numerators.data.length; i++) {
                activations.data[i] = activations.data[i] * numerators.data[i] * INVERSE_COLUMN_SUM;
            }
        }
    }

    private void euclidean() {
        CommonOps_FDRM.multTransA(w, input, numerators);
        for (int k = 0; k < network.iterations(); k++) {
            CommonOps_FDRM.mult(gram, activations, denominators);
            for (int i = 0; i < numerators.data.length; i++) {
                float update = numerators.data[i] / Math.max(denominators.data[i], FLOOR);
                activations.data[i] = activations.data[i] * update;
            }
        }
    }
}
