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

import java.util.Arrays;

/**
 * A named float32 array in row-major order.
 *
 * @param shape the dimensions, outermost first; empty for a scalar
 * @param values the values, one for each element of the shape; shared with the caller, not copied
 */
record Tensor(String name, int[] shape, float[] values) {

    Tensor {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException("tensor " + name + " of shape " + describe(shape) + " holds "
                    + values.length + " values, expected " + elements(shape));
        }
    }

    boolean hasShape(int... expected) {
        return Arrays.equals(shape, expected);
    }

    /**
     * Returns the number of elements of a shape.
     *
     * @throws ArithmeticException when the number exceeds a long
     */
    static long elements(int[] shape) {
        long elements = 1;
        for (int dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** Formats a shape for messages, as in {@code [640 x 200]}. */
    static String describe(int[] shape) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : " x ").append(shape[i]);
        }
        return text.append(']').toString();
    }
}
