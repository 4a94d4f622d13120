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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import java.util.List;
import java.util.Map;

/** The reader of weights: any bytes are tensors that cover the file, or a {@link ModelFormatException}. */
class SafetensorsFuzzTest {
    @FuzzTest
    void anyBytesAreTensorsOrARefusal(byte[] bytes) {
        Limits.assertMemoryInProportion(bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        List<Tensor> tensors;
        try {
            tensors = SafetensorsFile.read("fuzzed", bytes);
        } catch (ModelFormatException e) {
            return;
        }
        long values =
                tensors.stream().mapToLong(tensor -> tensor.values().length).sum();
        if (values * Float.BYTES > bytes.length) {
            throw new AssertionError(values + " values from " + bytes.length + " bytes");
        }
        SafetensorsFile.write(tensors, Map.of());
    }
}
