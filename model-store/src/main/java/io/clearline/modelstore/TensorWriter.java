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

/** Collects the tensors of a model in order. What is added twice, as the same instance, is stored once. */
final class TensorWriter {

    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<Object, String> nameByInstance = new IdentityHashMap<>();

    /**
     * Adds {@code [rows x atoms]}; answers the name it is stored under, which is an earlier one when the instance is
     * tied.
     */
    String add(String name, Dictionary dictionary) {
        return addOnce(
                dictionary, new Tensor(name, new int[] {dictionary.rows(), dictionary.atoms()}, dictionary.weights()));
    }

    /** As {@link #add(String, Dictionary)}, for any shape; instances are told apart by their array. */
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
