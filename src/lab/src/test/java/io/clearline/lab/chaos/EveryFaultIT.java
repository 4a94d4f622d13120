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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.kafka.DeliveryMode;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.SmallDisk;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of fault once, with rescales to 1, 4 and 2 subtasks, damaged records and clock jumps, in both delivery
 * modes.
 */
@Tag("chaos")
class EveryFaultIT {
    private static final int STREAMS = 20;
    private static final int FRAMES_PER_STREAM = 5000;
    private static final int DISK_MEGABYTES = 16;
    /** Slow enough that frames flow between the faults and most are left after the last one. */
    private static final int REPLAY_BYTES_PER_SECOND = 50_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @ParameterizedTest
    @EnumSource(DeliveryMode.class)
    void nothingIsLostDuplicatedOrChanged(DeliveryMode mode) throws IOException {
        Map<FaultKind, Integer> faults = new TreeMap<>();
        for (FaultKind kind : FaultKind.values()) {
            faults.put(kind, kind == FaultKind.RESCALE ? 3 : 1);
        }
        ChaosResult result;
        try (SmallDisk disk = smallDisk();
                TestCluster cluster = TestCluster.start(
                        ClusterSettings.small(folder.resolve("cluster")).withCheckpoints(disk.folder()))) {
            result = new ChaosRun(cluster, settings(mode, faults), System.out::println).run();
        }
        assertThat(result.issues()).isEmpty();
        assertThat(result.faults()).isEqualTo(faults);
        assertThat(result.clockJumps()).isPositive();
    }

    private static ChaosSettings settings(DeliveryMode mode, Map<FaultKind, Integer> faults) {
        // Records are damaged in replay only. In live mode the handling of a frame that arrives behind its successors
        // may depend on the time of a restart.
        boolean replay = mode == DeliveryMode.REPLAY;
        RecordFaults.Rates rates = replay ? RecordFaults.Rates.each(0.005) : RecordFaults.Rates.NONE;
        long linkRate = replay ? REPLAY_BYTES_PER_SECOND : 0;
        return new ChaosSettings("every", mode, STREAMS, FRAMES_PER_STREAM, 400, linkRate, faults, rates, 0.001, 21);
    }

    private SmallDisk smallDisk() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "Only root can mount a small disk.");
        return SmallDisk.mount(folder.resolve("disk"), DISK_MEGABYTES);
    }
}
