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

import io.clearline.inference.network.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks up the tensors of a file by name, and checks each one against the shape that the card declares. A name that is
 * requested twice yields the same instance both times: the weights are tied. Thread-confined.
 */
final class TensorReader {

    private static final String REMEDY = "card and weights do not belong together, use both files of the same version";

    private final String file;
    private final Map<String, Tensor> tensorByName = new HashMap<>();
    private final Map<String, Dictionary> dictionaryByName = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    TensorReader(String file, List<Tensor> tensors) {
        this.file = file;
        for (Tensor tensor : tensors) {
            tensorByName.put(tensor.name(), tensor);
        }
    }

    /** Returns the dictionary {@code [rows x atoms]}, whose weights are not negative. */
    Dictionary dictionary(String name, int rows, int atoms) throws ModelFormatException {
        float[] weights = values(name, rows, atoms);
        return dictionaryByName.computeIfAbsent(name, key -> new Dictionary(rows, atoms, weights));
    }

    /**
     * Returns the values of a tensor.
     *
     * @throws ModelFormatException when the tensor is missing, has another shape, or holds a value that is negative or
     *     not finite
     */
    float[] values(String name, int... expectedShape) throws ModelFormatException {
        return read(name, true, expectedShape);
    }

    /** Returns the values of a tensor as {@link #values}, and allows negative ones. */
    float[] signedValues(String name, int... expectedShape) throws ModelFormatException {
        return read(name, false, expectedShape);
    }

    private float[] read(String name, boolean nonNegative, int... expectedShape) throws ModelFormatException {
        Tensor tensor = tensorByName.get(name);
        if (tensor == null) {
            throw new ModelFormatException(
                    file,
                    "tensor " + name + ": expected shape " + Tensor.describe(expectedShape)
                            + ", found no such tensor among " + new TreeSet<>(tensorByName.keySet()),
                    REMEDY);
        }
        if (!tensor.hasShape(expectedShape)) {
            throw new ModelFormatException(
                    file,
                    "tensor " + name + ": expected shape " + Tensor.describe(expectedShape) + ", found "
                            + Tensor.describe(tensor.shape()),
                    REMEDY);
        }
        // A tied tensor is checked once.
        if (taken.add(name)) {
            requireFinite(tensor, nonNegative);
        }
        return tensor.values();
    }

    /**
     * Rejects a file with tensors that were never requested: the file was written for a network that the card does not
     * describe.
     *
     * @throws ModelFormatException when there are such tensors; the message names them
     */
    void requireAllTaken() throws ModelFormatException {
        Set<String> left = new TreeSet<>(tensorByName.keySet());
        left.removeAll(taken);
        if (!left.isEmpty()) {
            throw new ModelFormatException(file, "tensors that the card does not know: " + left, REMEDY);
        }
    }

    private void requireFinite(Tensor tensor, boolean nonNegative) throws ModelFormatException {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i]) || nonNegative && values[i] < 0) {
                throw new ModelFormatException(
                        file,
                        "tensor " + tensor.name() + ": expected finite values" + (nonNegative ? " >= 0" : "")
                                + ", found " + values[i] + " at index " + i + " of " + Tensor.describe(tensor.shape()),
                        "the training went wrong or the file is damaged, publish another version");
            }
        }
    }
}
