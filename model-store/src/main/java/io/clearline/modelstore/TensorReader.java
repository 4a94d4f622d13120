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
 * Hands out the tensors of a file by name, in the shape that the card asks for. Asked twice, it gives the same
 * instance: that is a tie.
 */
final class TensorReader {

    private static final String REMEDY = "card and weights do not belong together, take both files from one version";

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

    /** The dictionary {@code [rows x atoms]}. */
    Dictionary dictionary(String name, int rows, int atoms) throws ModelFormatException {
        float[] weights = values(name, rows, atoms);
        return dictionaryByName.computeIfAbsent(name, key -> new Dictionary(rows, atoms, weights));
    }

    /** The values of a tensor that has the expected shape and holds finite values of zero or more. */
    float[] values(String name, int... expectedShape) throws ModelFormatException {
        return read(name, true, expectedShape);
    }

    /** The values of a tensor that has the expected shape and holds finite values of any sign. */
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
        if (taken.add(name)) {
            requireFinite(tensor, nonNegative);
        }
        return tensor.values();
    }

    /**
     * Refuses a file with tensors that nobody asked for: they would mean something to a reader that is not this one.
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
