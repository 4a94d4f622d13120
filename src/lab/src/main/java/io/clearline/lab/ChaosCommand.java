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

/** Injects faults into a cluster and verifies that its output equals that of a run without faults. */
@Command(
        name = "chaos",
        description = "Run the job on a cluster of separate processes, inject faults on a seeded schedule, and verify"
                + " that every stream has the same bytes as in a run without faults. Exits with 1 if one differs.")
final class ChaosCommand implements Callable<Integer> {
    /** For DISK_FULL: enough for a few checkpoints of hundreds of streams. */
    private static final int DISK_MEGABYTES = 64;

    private static final int MAX_ISSUES_SHOWN = 20;

    @Option(
            names = "--mode",
            defaultValue = "replay",
            description = "replay: exactly once; live: at least once, with the same bytes (default: ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "200",
            description = "Number of concurrent streams (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Number of frames of all streams and parts together (default: ${DEFAULT-VALUE}).")
    private long frames;

    @Option(
            names = "--parts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Number of runs among which frames and faults are divided (default: ${DEFAULT-VALUE}).")
    private int parts;

    @Option(
            names = "--fault",
            paramLabel = "KIND=N",
            description = "Number of faults of a kind over all parts; repeatable. Kinds: ${COMPLETION-CANDIDATES}"
                    + " (default: TASKMANAGER_KILL=20, JOBMANAGER_KILL=5, BROKER_KILL=5, BROKER_RESTART=5,"
                    + " RESCALE=4).")
    private Map<FaultKind, Integer> faults = new TreeMap<>();

    @Option(
            names = "--record-faults",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Share of input records that are duplicated; the same share each is dropped, reordered,"
                    + " corrupted and truncated (default: ${DEFAULT-VALUE}).")
    private double recordFaults;

    @Option(
            names = "--clock-jumps",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Share of frames before which the sender's clock jumps, by up to one hour (default:"
                    + " ${DEFAULT-VALUE}).")
    private double clockJumps;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1500",
            description = "live: frames a second of all streams together (default: ${DEFAULT-VALUE}).")
    private int framesPerSecond;

    @Option(
            names = "--link-rate",
            paramLabel = "BYTES",
            defaultValue = "120000",
            description = "replay: rate limit, in bytes a second, of each of the job's connections to Kafka while"
                    + " faults are injected, so that the job does not finish before them (default: ${DEFAULT-VALUE}).")
    private long linkBytesPerSecond;

    @Option(
            names = "--from-jar",
            paramLabel = "FILE",
            description = "Start with the job jar of another build; the fault RELEASE changes to the jar of this one.")
    private Path fromJar;

    @Option(
            names = "--high-availability",
            description = "Run Flink with high availability by ZooKeeper: a restarted JobManager recovers the job by"
                    + " itself.")
    private boolean highAvailability;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Seed of samples, faults and their targets (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Append the result of each part to the JSON list in this file.")
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
                    append(result);
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

    /** Appends a result, since a long run may be split over several calls that share a file. */
    private void append(ChaosResult result) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        List<ChaosResult> results = new ArrayList<>();
        if (Files.exists(json)) {
            results.addAll(mapper.readValue(json.toFile(), new TypeReference<List<ChaosResult>>() {}));
        }
        results.add(result);
        mapper.writeValue(json.toFile(), results);
    }

    private static void print(ChaosResult result) {
        result.issues().stream().limit(MAX_ISSUES_SHOWN).forEach(System.out::println);
        result.outages()
                .forEach(outage -> System.out.printf(
                        "%-16s %4.1f s without output%n", outage.fault(), outage.secondsWithoutOutput()));
        System.out.printf(
                "%s, %s: %,d frames of %,d streams, faults %s: %d lost, %d doubled, %d out of order, %d of wrong"
                        + " length, %d repeats (%d different), %d of %d SHA-256 differ; models %s; %.0f s%n",
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
