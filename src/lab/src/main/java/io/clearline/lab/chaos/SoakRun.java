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

import io.clearline.kafka.DeliveryMode;
import io.clearline.kafka.Topics;
import io.clearline.kafka.verify.Verifier;
import io.clearline.kafka.verify.VerifyReport;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the live job under traffic for a long time. Streams open and close; every minute a fault is injected and the
 * resources of the TaskManagers are sampled. At the end a quiet replay of the same frames, without faults, provides the
 * expected output. Thread-confined.
 */
public final class SoakRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration END_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final List<FaultKind> FAULTS = List.of(
            FaultKind.TASKMANAGER_KILL,
            FaultKind.JOBMANAGER_KILL,
            FaultKind.BROKER_KILL,
            FaultKind.BROKER_RESTART,
            FaultKind.FREEZE,
            FaultKind.LINK_CUT,
            FaultKind.LINK_SLOW,
            FaultKind.RESCALE,
            FaultKind.SAVEPOINT,
            FaultKind.BROKEN_MODEL,
            FaultKind.MODEL_SWAP);
    /** From the announcement of a model to its first frames, so that every subtask receives it in time. */
    private static final Duration SWAP_LEAD_TIME = Duration.ofSeconds(10);

    private final TestCluster cluster;
    private final int minutes;
    private final int concurrentStreams;
    private final long seed;
    private final Consumer<String> progress;
    private final SmallModels models;
    private final Topics topics = new Topics("soak");
    private final Topics quietTopics = new Topics("soak-quiet");
    private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
    private final List<ProcessSample> samples = new ArrayList<>();
    private final List<Long> checkpointKb = new ArrayList<>();
    private final List<Long> consumerLag = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param minutes duration of the traffic
     * @param concurrentStreams number of streams at a time
     * @param seed seed of the samples, of the faults and of their targets
     * @param progress receives one line a minute
     */
    public SoakRun(TestCluster cluster, int minutes, int concurrentStreams, long seed, Consumer<String> progress) {
        this.cluster = cluster;
        this.minutes = minutes;
        this.concurrentStreams = concurrentStreams;
        this.seed = seed;
        this.progress = progress;
        this.models = new SmallModels(cluster);
    }

    /** Runs the job and verifies its output. */
    public SoakResult run() throws IOException {
        long start = System.nanoTime();
        cluster.createTopics(topics);
        cluster.createTopics(quietTopics);
        ClusterJob job = ChaosJob.on(cluster, topics, DeliveryMode.LIVE, IDLE_TIMEOUT);
        job.start();
        FaultInjector injector = new FaultInjector(cluster, job, topics, seed, this::swap);
        injector.awaitHealthy();
        try (BackgroundVerifier verifier =
                        new BackgroundVerifier(new Verifier(DeliveryMode.LIVE), cluster.bootstrapServers(), topics);
                LiveTraffic traffic = new LiveTraffic(
                        cluster.bootstrapServers(), List.of(topics, quietTopics), concurrentStreams, seed)) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int minute = 1; minute <= minutes; minute++) {
                oneMinute(start, minute, FAULTS.get(random.nextInt(FAULTS.size())), injector, job);
                progress.accept(String.format(
                        "minute %d: %,d frames in, %,d out; %s; %s; state %d KB, lag %d frames",
                        minute,
                        traffic.sent(),
                        verifier.framesOut(),
                        injected,
                        samples.get(minute - 1),
                        checkpointKb.get(minute - 1),
                        consumerLag.get(minute - 1)));
            }
            traffic.finish();
            // All frames must be out before the live job is cancelled. The quiet replay needs its slots.
            long sent = traffic.sent();
            Await.until("the last of " + sent + " frames", TIMEOUT, () -> verifier.framesOut() >= sent);
            job.cancel();
            return result(verifier.report(TIMEOUT, quiet().results()), (System.nanoTime() - start) / 60e9);
        } finally {
            cluster.link().heal();
        }
    }

    private void oneMinute(long startNanos, int minute, FaultKind kind, FaultInjector injector, ClusterJob job)
            throws IOException {
        injector.inject(kind);
        injector.awaitHealthy();
        injected.merge(kind, 1, Integer::sum);
        long left = startNanos + TimeUnit.MINUTES.toNanos(minute) - System.nanoTime();
        Await.pause(Duration.ofNanos(Math.max(0, left)), "the end of the minute");
        injector.revive();
        cluster.awaitTaskManagers();
        samples.add(ProcessSample.of(cluster.taskManagers()));
        checkpointKb.add(job.checkpointBytes() / 1024);
        consumerLag.add(cluster.consumerLag(topics.prefix(), topics.rawFrames()));
    }

    /** Announces the next model to the live job and, for the end of the run, to the quiet replay. */
    private void swap() throws IOException {
        long fromMillis = System.currentTimeMillis() + SWAP_LEAD_TIME.toMillis();
        models.announceNext(List.of(topics, quietTopics), TimeUnit.MILLISECONDS.toMicros(fromMillis));
        Await.pause(SWAP_LEAD_TIME, "the streams to change to the new model");
    }

    /** Replays all frames without faults. */
    private VerifyReport quiet() throws IOException {
        ClusterJob job = ChaosJob.on(cluster, quietTopics, DeliveryMode.REPLAY, IDLE_TIMEOUT);
        job.start();
        FaultInjector injector = new FaultInjector(cluster, job, quietTopics, seed);
        try (BackgroundVerifier verifier =
                new BackgroundVerifier(new Verifier(DeliveryMode.REPLAY), cluster.bootstrapServers(), quietTopics)) {
            Await.until("the end of the quiet replay", END_TIMEOUT, () -> {
                injector.revive();
                return injector.isFinished();
            });
            VerifyReport report = verifier.report(TIMEOUT, Map.of());
            if (!report.ok()) {
                throw new IOException("The quiet replay, without faults, already has issues: " + report.issues());
            }
            return report;
        }
    }

    private SoakResult result(VerifyReport report, double elapsedMinutes) {
        return new SoakResult(
                seed,
                elapsedMinutes,
                report.streams(),
                report.frames(),
                injected.values().stream().mapToInt(Integer::intValue).sum(),
                injected,
                report.lost(),
                report.doubled(),
                report.outOfOrder(),
                report.hashMismatches() + report.repeatsThatDiffer(),
                report.repeats(),
                samples.stream().map(ProcessSample::heapAfterGcMb).toList(),
                samples.stream().map(ProcessSample::threads).toList(),
                samples.stream().map(ProcessSample::descriptors).toList(),
                checkpointKb,
                consumerLag,
                report.ok() && report.frames() > 0,
                report.issues());
    }
}
