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
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Collects the tensors of a model in order. An instance that is added twice is stored once. Thread-confined. */
final class TensorWriter {

    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<Object, String> nameByInstance = new IdentityHashMap<>();

    /**
     * Adds a dictionary as a tensor {@code [rows x atoms]}.
     *
     * @return the name that the tensor is stored under: {@code name}, or an earlier one when the instance is tied
     */
    String add(String name, Dictionary dictionary) {
        return addOnce(
                dictionary, new Tensor(name, new int[] {dictionary.rows(), dictionary.atoms()}, dictionary.weights()));
    }

    /** Adds a tensor of any shape, as {@link #add(String, Dictionary)}. Tied tensors share the same array. */
    String add(String name, float[] values, int... shape) {
        return addOnce(values, new Tensor(name, shape, values));
    }

    private String addOnce(Object instance, Tensor tensor) {
        String known = nameByInstance.putIfAbsent(instance, tensor.name());
        if (known == null) {
            tensors.add(tensor);
        }
        return known == null ? tensor.name() : known;
    }

    List<Tensor> tensors() {
        return tensors;
    }
}
