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
package io.clearline.unfolding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;

/** A JSON object of the specification. It records which of its fields a test has read. */
public final class SpecSection {
    private static final double VALUE_TOLERANCE = 1e-9;
    private static final double GRADIENT_TOLERANCE = 1e-7;

    private final JsonNode node;
    private final Set<String> unread = new TreeSet<>();

    public SpecSection(JsonNode node) {
        this.node = node;
        node.fieldNames().forEachRemaining(unread::add);
    }

    public JsonNode get(String name) {
        if (!node.has(name)) {
            throw new IllegalArgumentException("the specification has no " + name);
        }
        unread.remove(name);
        return node.get(name);
    }

    public double number(String name) {
        return get(name).asDouble();
    }

    public int count(String name) {
        return get(name).asInt();
    }

    public DMatrixRMaj matrix(String name) {
        return SpecVectors.matrix(get(name));
    }

    public List<DMatrixRMaj> matrices(String name) {
        return SpecVectors.matrices(get(name));
    }

    /** Marks fields as read that need no comparison. */
    public void skip(String... comments) {
        for (String comment : comments) {
            get(comment);
        }
    }

    public void assertValue(String name, double found) {
        assertThat(found).as(name).isCloseTo(number(name), within(VALUE_TOLERANCE));
    }

    public void assertValues(String name, DMatrixRMaj found) {
        assertClose(name, found, matrix(name), VALUE_TOLERANCE);
    }

    public void assertValues(String name, List<DMatrixRMaj> found) {
        assertAll(name, found, VALUE_TOLERANCE);
    }

    public void assertGradients(String name, DMatrixRMaj found) {
        assertClose(name, found, matrix(name), GRADIENT_TOLERANCE);
    }

    public void assertGradients(String name, List<DMatrixRMaj> found) {
        assertAll(name, found, GRADIENT_TOLERANCE);
    }

    /** Fails if the section has a field that no test has read. */
    public void assertAllRead() {
        assertThat(unread).as("fields of the specification without a test").isEmpty();
    }

    private void assertAll(String name, List<DMatrixRMaj> found, double tolerance) {
        List<DMatrixRMaj> expected = matrices(name);
        assertThat(found).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertClose(name + " " + i, found.get(i), expected.get(i), tolerance);
        }
    }

    static void assertClose(String name, DMatrixRMaj found, DMatrixRMaj expected, double tolerance) {
        assertThat(found.numRows).as(name).isEqualTo(expected.numRows);
        assertThat(found.numCols).as(name).isEqualTo(expected.numCols);
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertThat(found.data[i]).as("%s, entry %d", name, i).isCloseTo(expected.data[i], within(tolerance));
        }
    }
}
