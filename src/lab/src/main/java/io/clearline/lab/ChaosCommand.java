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
package io.clearline.lab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.kafka.DeliveryMode;
import io.clearline.lab.chaos.ChaosResult;
import io.clearline.lab.chaos.ChaosRun;
import io.clearline.lab.chaos.ChaosSettings;
import io.clearline.lab.chaos.FaultKind;
import io.clearline.lab.chaos.FaultSchedule;
import io.clearline.lab.chaos.RecordFaults;
import io.clearline.lab.cluster.ClusterSettings;
import io.clearline.lab.cluster.SmallDisk;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Breaks a cluster on purpose and proves that its output is that of a quiet one. */
@Command(
        name = "chaos",
        description = "Run the job on a cluster of separate processes, break that on a seeded schedule, and prove that"
                + " every stream came out with the bytes of a quiet run.")
final class ChaosCommand implements Callable<Integer> {
    /** For DISK_FULL: room for a few checkpoints of hundreds of streams. */
    private static final int DISK_MEGABYTES = 64;

    @Option(
            names = "--mode",
            defaultValue = "replay",
            description = "replay: exactly once; live: at least once, the same bytes (default: ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "200",
            description = "Streams side by side (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Frames of all streams and parts together (default: ${DEFAULT-VALUE}).")
    private long frames;

    @Option(
            names = "--parts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Runs that share frames and faults (default: ${DEFAULT-VALUE}).")
    private int parts;

    @Option(
            names = "--fault",
            paramLabel = "KIND=N",
            description = "How many of a kind, over all parts; repeatable. Kinds: ${COMPLETION-CANDIDATES} (default:"
                    + " TASKMANAGER_KILL=20, JOBMANAGER_KILL=5, BROKER_KILL=5, BROKER_RESTART=5, RESCALE=4).")
    private Map<FaultKind, Integer> faults = new TreeMap<>();

    @Option(
            names = "--record-faults",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Share of input records that is doubled, and as many dropped, reordered, corrupted and"
                    + " truncated (default: ${DEFAULT-VALUE}).")
    private double recordFaults;

    @Option(
            names = "--clock-jumps",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Share of frames before which their sender's clock is set, by up to an hour (default:"
                    + " ${DEFAULT-VALUE}).")
    private double clockJumps;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1500",
            description = "live: frames a second, all streams together (default: ${DEFAULT-VALUE}).")
    private int framesPerSecond;

    @Option(
            names = "--link-rate",
            paramLabel = "BYTES",
            defaultValue = "120000",
            description = "replay: bytes a second of each of the job's connections to Kafka while faults are injected,"
                    + " so that it is not over before them (default: ${DEFAULT-VALUE}).")
    private long linkBytesPerSecond;

    @Option(
            names = "--from-jar",
            paramLabel = "FILE",
            description = "Begin with the job jar of another build; RELEASE goes on with this one's.")
    private Path fromJar;

    @Option(
            names = "--high-availability",
            description = "Flink keeps its jobs in a ZooKeeper: a JobManager that was killed goes on with the job by"
                    + " itself when it is started again.")
    private boolean highAvailability;

    @Option(names = "--seed", defaultValue = "1", description = "Decides everything (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Add the result of each part to this file.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        if (faults.isEmpty()) {
            faults = Map.of(
                    FaultKind.TASKMANAGER_KILL, 20,
                    FaultKind.JOBMANAGER_KILL, 5,
                    FaultKind.BROKER_KILL, 5,
                    FaultKind.BROKER_RESTART, 5,
                    FaultKind.RESCALE, 4);
        }
        Path folder = Files.createTempDirectory("clearline-chaos");
        boolean ok = true;
        try (SmallDisk disk = faults.containsKey(FaultKind.DISK_FULL) ? smallDisk(folder) : null;
                TestCluster cluster = TestCluster.start(settings(folder, disk))) {
            for (int part = 0; part < parts; part++) {
                if (fromJar != null) {
                    cluster.useJar(fromJar);
                }
                ChaosResult result =
                        new ChaosRun(cluster, settings(part), line -> System.err.println("  " + line)).run();
                ok &= result.ok();
                print(result);
                if (json != null) {
                    add(result);
                }
            }
            if (ok) {
                cluster.discardFiles();
            }
        }
        if (!ok) {
            System.out.println("Logs and data: " + folder);
        }
        return ok ? 0 : 1;
    }

    private static SmallDisk smallDisk(Path folder) throws IOException {
        return SmallDisk.mount(folder.resolveSibling(folder.getFileName() + "-disk"), DISK_MEGABYTES);
    }

    private ClusterSettings settings(Path folder, SmallDisk disk) throws IOException {
        ClusterSettings small = ClusterSettings.small(folder);
        if (highAvailability) {
            small = small.withHighAvailability();
        }
        return disk == null ? small : small.withCheckpoints(disk.folder());
    }

    private ChaosSettings settings(int part) {
        return new ChaosSettings(
                "part-" + (part + 1),
                mode,
                streams,
                (int) ((frames + (long) streams * parts - 1) / ((long) streams * parts)),
                framesPerSecond,
                mode == DeliveryMode.REPLAY ? linkBytesPerSecond : 0,
                FaultSchedule.share(faults, part, parts),
                RecordFaults.Rates.each(recordFaults),
                clockJumps,
                seed + part);
    }

    /** A long proof may be split over several calls that share a file. */
    private void add(ChaosResult result) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        List<ChaosResult> results = new ArrayList<>();
        if (Files.exists(json)) {
            results.addAll(mapper.readValue(json.toFile(), new TypeReference<List<ChaosResult>>() {}));
        }
        results.add(result);
        mapper.writeValue(json.toFile(), results);
    }

    private static void print(ChaosResult result) {
        result.issues().stream().limit(20).forEach(System.out::println);
        result.outages()
                .forEach(outage -> System.out.printf(
                        "%-16s %4.1f s without output%n", outage.fault(), outage.secondsWithoutOutput()));
        System.out.printf(
                "%s, %s: %,d frames of %,d streams through %s: %d lost, %d doubled, %d out of order, %d of wrong length,"
                        + " %d repeats (%d different), %d of %d SHA-256 differ; models %s; %.0f s%n",
                result.name(),
                result.mode().toLowerCase(Locale.ROOT),
                result.frames(),
                result.streams(),
                result.faults(),
                result.lost(),
                result.doubled(),
                result.outOfOrder(),
                result.sampleCounts(),
                result.repeats(),
                result.repeatsThatDiffer(),
                result.hashMismatches(),
                result.streams(),
                result.models(),
                result.chaosSeconds());
    }
}
