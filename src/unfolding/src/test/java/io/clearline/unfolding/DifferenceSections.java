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
import io.clearline.unfolding.mrf.MrfSections;
import io.clearline.unfolding.nmf.DeepNmfSections;
import io.clearline.unfolding.nmf.SparseNmfSections;

/**
 * Repeats the consistency checks of the specification: gradients against central differences, and formulations that
 * must agree.
 */
final class DifferenceSections {
    /** Limit of the gradient errors. Those that the specification reports are below 1e-8. */
    private static final double TOLERANCE = 1e-7;

    private DifferenceSections() {}

    static void check(SpecSection section) {
        for (double beta : new double[] {0.5, 1, 2}) {
            String name = "snmf_W_grad_beta" + (beta == 0.5 ? "0.5" : Integer.toString((int) beta));
            assertSmall(section, name, SparseNmfSections.dictionarySlopeError(beta));
        }
        for (int i = 0; i < SpecVectors.deepNmf().size(); i++) {
            JsonNode network = SpecVectors.deepNmf().get(i);
            String name = "deep_nmf_case" + i + "_b1=" + network.get("beta1").asText() + "_T="
                    + network.get("T_context").asText() + "_b2="
                    + network.get("beta2").asText();
            assertSmall(
                    section,
                    name,
                    DeepNmfSections.network(new SpecSection(network)).maxGradientError());
        }
        assertSmall(
                section,
                "deep_nmf_normalised_layer",
                DeepNmfSections.normalisedNetwork(3).maxGradientError());
        assertSmall(section, "dnmf_closed_form_equals_generic", DeepNmfSections.closedFormError());
        assertSmall(section, "dnn", MrfSections.dnn(root("dnn_baseline")).maxGradientError());
        assertSmall(
                section, "mf_grad", MrfSections.meanField(root("mean_field")).maxGradientError());
        for (double alpha : new double[] {0.5, 1}) {
            assertSmall(
                    section,
                    "bp_grad_alpha" + alpha,
                    MrfSections.messages(root("bp_alpha_" + alpha), alpha).maxGradientError());
        }
        section.skip("alpha_to_0_equals_mean_field_fixed_point");
        MrfSections.checkMeanFieldLimit();
        section.skip("bp_tree_exact");
        MrfSections.checkTree(root("bp_tree"));
        section.skip("tanh_form");
        MrfSections.checkTanhForm();
    }

    private static SpecSection root(String name) {
        return new SpecSection(SpecVectors.root().get(name));
    }

    private static void assertSmall(SpecSection section, String name, double found) {
        assertThat(section.number(name)).as("the specification's %s", name).isLessThan(TOLERANCE);
        assertThat(found).as(name).isCloseTo(0, within(TOLERANCE));
    }
}
