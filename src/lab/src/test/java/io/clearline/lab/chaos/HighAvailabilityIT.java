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
package io.clearline.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.kafka.verify.Verifier;
import io.clearline.kafka.verify.VerifyReport;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With Flink's high availability a restarted JobManager recovers the job and its newest checkpoint by itself. */
@Tag("chaos")
class HighAvailabilityIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int STREAMS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {128, 4096})
    void aJobWithAnyNumberOfKeyGroupsRecoversByItselfAndLosesNothing(int keyGroups) throws IOException {
        try (TestCluster cluster = TestCluster.start(settings(keyGroups))) {
            VerifyReport report = killTheJobManager(cluster);
            assertThat(report.issues()).isEmpty();
            assertThat(report.frames()).isPositive();
        }
    }

    private static VerifyReport killTheJobManager(TestCluster cluster) throws IOException {
        Topics topics = new Topics("available");
        cluster.createTopics(topics);
        ClusterJob job = ChaosJob.on(cluster, topics, DeliveryMode.LIVE, Duration.ofMinutes(5));
        job.start();
        job.awaitRunning();
        try (BackgroundVerifier verifier =
                        new BackgroundVerifier(new Verifier(DeliveryMode.LIVE), cluster.bootstrapServers(), topics);
                LiveTraffic traffic = new LiveTraffic(cluster.bootstrapServers(), List.of(topics), STREAMS, 3)) {
            job.awaitCheckpointAfter(job.newestCheckpoint() + 2);
            cluster.jobManager().kill();
            long number = job.newestCheckpoint();
            cluster.jobManager().start();
            Await.until("the job to recover", TIMEOUT, () -> job.isRunning() && job.newestCheckpoint() > number + 2);
            traffic.finish();
            return verifier.report(TIMEOUT, Map.of());
        } finally {
            job.cancel();
        }
    }

    private ClusterSettings settings(int keyGroups) throws IOException {
        return ClusterSettings.small(folder.resolve("cluster"))
                .withHighAvailability()
                .withFlink(Map.of("pipeline.max-parallelism", Integer.toString(keyGroups)));
    }
}
