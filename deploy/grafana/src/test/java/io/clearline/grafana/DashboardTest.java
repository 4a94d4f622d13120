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
package io.clearline.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.job.JobMetric;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final CommittedText DASHBOARD =
            CommittedText.at("deploy/grafana/clearline.json", "deploy/grafana", DashboardTest.class);

    @Test
    void theCommittedDashboardIsGeneratedFromTheMetrics() throws IOException {
        DASHBOARD.mustBe(DashboardJson.text());
    }

    @Test
    void everyExportedMetricIsOnAPanel() {
        Set<String> shown = ClearlineDashboard.panels()
                .flatMap(panel -> panel.queries().stream())
                .flatMap(query -> MetricNames.in(query.expression()))
                .collect(Collectors.toSet());
        Stream<String> exported = Stream.of(JobMetric.values())
                .filter(metric -> metric.kind() != JobMetric.Kind.TEXT)
                // Panels show their parts instead, such as the dead letters by reason.
                .filter(metric -> metric != JobMetric.FRAME_AGE
                        && metric != JobMetric.FRAMES_DEAD
                        && metric != JobMetric.FRAMES_ENHANCING)
                .map(JobMetric::prometheusName);
        assertThat(shown).containsAll(exported.toList());
    }

    @Test
    void everyPanelSaysHowToReadIt() {
        assertThat(ClearlineDashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.description()).endsWith(".");
            assertThat(panel.queries()).isNotEmpty();
        });
    }
}
