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
package io.clearline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobMetricReferenceTest {
    private static final CommittedText REFERENCE =
            CommittedText.at("flink-job/METRICS.md", "flink-job", JobMetricReferenceTest.class);

    @Test
    void theReferenceNamesEveryMetricWithKindOperatorAndMeaning() throws IOException {
        String table = Arrays.stream(JobMetric.values())
                .map(JobMetricReferenceTest::row)
                .collect(Collectors.joining("\n"));
        REFERENCE.mustBe("""
                # Metrics of the job

                This page is generated from `JobMetric`. Every subtask registers each metric once, and a restart
                resets counters to 0. Query counters with `rate()`, and sum over the subtasks. Flink also exports its
                own metrics (records, lag, checkpoints, restarts, backpressure). To export all metrics to Prometheus,
                set `metrics.reporters: prom` and
                `metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory`,
                or run `clearline up --metrics 9249`. The dashboard and the alert rules are in
                [deploy](../deploy/README.md).

                | metric | kind | operator | label | meaning |
                |---|---|---|---|---|
                %s

                In Prometheus, the name of a metric starts with `flink_taskmanager_job_task_operator_`, followed by
                the label, if there is one: `%s{%s="..."}`. Metrics of the Kafka sink also have the prefix `user_`:
                `%s`. Histograms have the label `quantile` with the values 0.5, 0.75, 0.95, 0.98, 0.99 and 0.999.
                """.formatted(
                        table,
                        JobMetric.FRAMES_DEAD_BY_REASON.prometheusName(),
                        JobMetric.FRAMES_DEAD_BY_REASON.label(),
                        JobMetric.RECORDS_TOO_LARGE.prometheusName()));
    }

    @Test
    void everyMetricSaysWhatItMeans() {
        assertThat(JobMetric.values())
                .allSatisfy(metric -> assertThat(metric.description()).endsWith("."));
    }

    @Test
    void noTwoMetricsShareAPrometheusName() {
        assertThat(Arrays.stream(JobMetric.values()).map(JobMetric::prometheusName))
                .doesNotHaveDuplicates();
    }

    private static String row(JobMetric metric) {
        return "| `" + metric.metricName() + "` | " + metric.kind().name().toLowerCase(Locale.ROOT) + " | "
                + metric.operator().operatorName() + " | "
                + (metric.label().isEmpty() ? "" : "`" + metric.label() + "`")
                + " | " + metric.description() + " |";
    }
}
