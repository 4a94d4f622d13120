package io.clearline.modelstore;

import io.clearline.unfolding.network.Dictionary;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Collects the tensors of a model in order. What is added twice, as the same instance, is stored once. */
final class TensorWriter {

    private final List<Tensor> tensors = new ArrayList<>();
    private final Map<Object, String> nameByInstance = new IdentityHashMap<>();

    /** Adds {@code [rows x atoms]}; answers the name it is stored under, which is an earlier one when the instance is tied. */
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
