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
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.FlinkDistribution;
import io.clearline.lab.cluster.TestCluster;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short chaos run: processes are killed, and every stream has the same bytes as in a run without faults. */
class ChaosIT {
    private static final int STREAMS = 20;
    private static final int FRAMES_PER_STREAM = 1000;
    private static final int FRAMES_PER_LIVE_STREAM = 3000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aReplayWithKillsHasTheBytesOfAQuietRunExactlyOnceAndFinishes() throws IOException {
        Map<FaultKind, Integer> faults = Map.of(
                FaultKind.TASKMANAGER_KILL, 1,
                FaultKind.JOBMANAGER_KILL, 1,
                FaultKind.BROKER_KILL, 1,
                FaultKind.MODEL_SWAP, 1);

        ChaosResult result = run(DeliveryMode.REPLAY, FRAMES_PER_STREAM, faults, 20_000, RecordFaults.Rates.each(0.01));

        assertThat(result.issues()).isEmpty();
        assertThat(result.faults()).isEqualTo(faults);
        assertThat(result.repeats()).isZero();
        assertThat(result.models()).containsOnlyKeys("small@1", "small@2");
        assertThat(result.frames()).isGreaterThan(STREAMS * FRAMES_PER_STREAM * 9 / 10);
    }

    @Test
    @Tag("chaos")
    void aLiveRunWithFaultsLosesNothingAndRepeatsTheSameBytes() throws IOException {
        Map<FaultKind, Integer> faults = Map.of(
                FaultKind.TASKMANAGER_KILL, 1,
                FaultKind.LINK_CUT, 1,
                FaultKind.BROKEN_MODEL, 1,
                FaultKind.RESCALE, 1,
                FaultKind.MODEL_SWAP, 3);

        ChaosResult result = run(DeliveryMode.LIVE, FRAMES_PER_LIVE_STREAM, faults, 0, RecordFaults.Rates.NONE);

        assertThat(result.issues()).isEmpty();
        assertThat(result.faults()).isEqualTo(faults);
        assertThat(result.frames()).isEqualTo(STREAMS * FRAMES_PER_LIVE_STREAM);
        // The third swap rolls back to the first version.
        assertThat(result.models()).containsOnlyKeys("small@1", "small@2", "small@3");
    }

    private ChaosResult run(
            DeliveryMode mode, int frames, Map<FaultKind, Integer> faults, long linkRate, RecordFaults.Rates rates)
            throws IOException {
        // The job's jar must work with another version of Avro in Flink's lib.
        ClusterSettings settings = ClusterSettings.small(folder.resolve("cluster"))
                .withDistribution(FlinkDistribution.built().with(foreignAvro()));
        try (TestCluster cluster = TestCluster.start(settings)) {
            return new ChaosRun(
                            cluster,
                            new ChaosSettings("chaos", mode, STREAMS, frames, 400, linkRate, faults, rates, 0, 7),
                            line -> {})
                    .run();
        }
    }

    private static Path foreignAvro() {
        return Samples.home().resolve("src/lab/target/foreign/avro-1.11.4.jar");
    }
}
