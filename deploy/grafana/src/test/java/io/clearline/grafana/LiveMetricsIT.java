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

import io.clearline.cli.demo.DemoRun;
import io.clearline.cli.demo.DemoStreams;
import io.clearline.job.JobModels;
import io.clearline.local.LocalPlatform;
import io.clearline.local.LocalSettings;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the metrics of a platform in this JVM that plays the streams of the demo. */
class LiveMetricsIT {
    private static final int PARALLELISM = 2;
    private static final double AS_FAST_AS_POSSIBLE = Double.POSITIVE_INFINITY;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static LocalPlatform platform;
    private static int port;

    @BeforeAll
    static void startPlatform() throws IOException {
        port = PrometheusServer.freePort();
        platform = LocalPlatform.start(
                LocalSettings.temporary(PARALLELISM, PARALLELISM).metricsOn(port));
        Configuration options = new Configuration();
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        platform.submit(options, JobModels.load(options), PARALLELISM);
        platform.awaitReady();
    }

    @AfterAll
    static void stopPlatform() throws IOException {
        platform.close();
    }

    private static void play(int streams, double speed) throws IOException {
        Path sample = CommittedText.home().resolve("deploy/local/sample");
        new DemoRun(platform, new DemoStreams(sample).mix(streams)).play(speed, (frame, dueNanos) -> {});
    }

    @Test
    void aRunningJobServesEveryMetricOfTheReference() throws IOException {
        play(2, AS_FAST_AS_POSSIBLE);
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        MetricNames.in(PrometheusServer.get("http://localhost:" + port + "/metrics")))
                .containsAll(MetricNames.existing()));
    }

    /** Needs Prometheus. */
    @Test
    @Tag("tools")
    void everyPanelsQueryReturnsDataFromARealPrometheus(@TempDir Path folder) throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start(folder, port)) {
            long start = Instant.now().getEpochSecond();
            play(12, 1);
            List<String> empty = new ArrayList<>();
            for (Panel panel : ClearlineDashboard.panels().toList()) {
                for (Query query : panel.queries()) {
                    if (prometheus.query(query.expression()).isEmpty()) {
                        empty.add(panel.title() + ": " + query.expression());
                    }
                }
            }
            Path picture = CommittedText.home().resolve("deploy/grafana/target/dashboard.png");
            new DashboardPicture(prometheus, start, Instant.now().getEpochSecond()).write(picture);
            assertThat(empty).as("queries without data").isEmpty();
        }
    }
}
