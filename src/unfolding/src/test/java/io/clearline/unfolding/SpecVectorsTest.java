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

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.unfolding.mrf.MrfSections;
import io.clearline.unfolding.nmf.DeepNmfSections;
import io.clearline.unfolding.nmf.SparseNmfSections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares the double-precision networks with every number of the specification. A section or a field of the
 * specification that no test reads makes the test fail.
 */
@Tag("jdk")
class SpecVectorsTest {
    private static final Map<String, Consumer<SpecSection>> CHECKS = Map.ofEntries(
            Map.entry("snmf", SparseNmfSections::shared),
            Map.entry("snmf.cases", SparseNmfSections::updates),
            Map.entry("deep_nmf", DeepNmfSections::check),
            Map.entry("deep_nmf_normalised_layer", DeepNmfSections::checkNormalised),
            Map.entry("dnn_baseline", MrfSections::checkDnn),
            Map.entry("mrf", MrfSections::field),
            Map.entry("mean_field", MrfSections::checkMeanField),
            Map.entry("bp_alpha_1.0", section -> MrfSections.checkMessages(section, 1)),
            Map.entry("bp_alpha_0.5", section -> MrfSections.checkMessages(section, 0.5)),
            Map.entry("bp_tree", MrfSections::checkTree),
            Map.entry("fd_checks_max_abs_or_rel_error", DifferenceSections::check));

    @TestFactory
    List<DynamicTest> everySectionOfTheSpecification() {
        List<DynamicTest> tests = new ArrayList<>();
        SpecVectors.root().properties().forEach(field -> add(tests, field.getKey(), field.getValue()));
        SpecVectors.root().get("snmf").get("cases").forEach(one -> add(tests, "snmf.cases", one));
        return tests;
    }

    private static void add(List<DynamicTest> tests, String name, JsonNode node) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                JsonNode one = node.get(i);
                tests.add(DynamicTest.dynamicTest(name + " " + i, () -> check(name, one)));
            }
        } else {
            tests.add(DynamicTest.dynamicTest(name, () -> check(name, node)));
        }
    }

    private static void check(String name, JsonNode node) {
        assertThat(CHECKS).as("sections that have a test").containsKey(name);
        SpecSection section = new SpecSection(node);
        CHECKS.get(name).accept(section);
        section.assertAllRead();
    }
}
