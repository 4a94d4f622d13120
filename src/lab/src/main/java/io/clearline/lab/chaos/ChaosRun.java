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
import io.clearline.kafka.FrameSender;
import io.clearline.kafka.Topics;
import io.clearline.kafka.verify.Verifier;
import io.clearline.kafka.verify.VerifyReport;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.TestCluster;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Runs the same numbered streams through the job twice: once while faults are injected into the cluster, and once
 * without faults, the quiet run. An independent verifier reads both outputs. Every stream of the first run must have
 * the SHA-256 that it has in the quiet run, to which the same models are announced. Thread-confined.
 */
public final class ChaosRun {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration END_TIMEOUT = Duration.ofMinutes(5);
    /** An outage of the producer must not close a stream, since the point of the cut would depend on the clock. */
    private static final Duration NEVER_IDLE = Duration.ofMinutes(30);
    /** From the announcement of a model to its first frames, so that every subtask receives it in time. */
    private static final Duration SWAP_LEAD_TIME = Duration.ofSeconds(10);

    private final TestCluster cluster;
    private final ChaosSettings settings;
    private final Consumer<String> progress;
    private final Topics topics;
    private final Topics quietTopics;
    private final SmallModels models;
    private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
    private final List<ChaosResult.Outage> outages = new ArrayList<>();
    private long damagedRecords;
    private long clockJumps;
    /** Number of frames of each stream that were sent so far. */
    private volatile int sentPerStream;

    /**
     * Prepares a run.
     *
     * @param progress receives one line for each event
     * @throws IllegalArgumentException for a live run with clock jumps and more than one model swap. A live job keeps a
     *     model and its successor, and a clock can jump back beyond both
     */
    public ChaosRun(TestCluster cluster, ChaosSettings settings, Consumer<String> progress) {
        this.cluster = cluster;
        this.settings = settings;
        this.progress = progress;
        this.topics = new Topics(settings.name());
        this.quietTopics = new Topics(settings.name() + "-quiet");
        this.models = new SmallModels(cluster);
        if (isLive() && settings.clockJumps() > 0 && swaps() > 1) {
            throw new IllegalArgumentException("Expected at most one MODEL_SWAP in live mode with clock jumps, found "
                    + swaps() + "; reduce --fault MODEL_SWAP or set --clock-jumps 0.");
        }
    }

    private boolean isLive() {
        return settings.mode() == DeliveryMode.LIVE;
    }

    private int swaps() {
        return settings.faults().getOrDefault(FaultKind.MODEL_SWAP, 0);
    }

    /** Runs the job with faults and without, and compares the outputs. */
    public ChaosResult run() throws IOException {
        cluster.createTopics(topics);
        cluster.createTopics(quietTopics);
        DeliveryMode delivery = isLive() ? DeliveryMode.LIVE : DeliveryMode.REPLAY;
        try (BackgroundVerifier verifier =
                new BackgroundVerifier(new Verifier(delivery), cluster.bootstrapServers(), topics)) {
            long start = System.nanoTime();
            chaos(verifier);
            double chaosSeconds = secondsSince(start);
            start = System.nanoTime();
            VerifyReport quiet = quiet();
            double quietSeconds = secondsSince(start);
            progress.accept(String.format("quiet: %,d frames in %.0f s", quiet.framesOut(), quietSeconds));
            if (!quiet.ok()) {
                throw new IOException("The quiet run, without faults, already has issues: " + quiet.issues());
            }
            return result(verifier.report(TIMEOUT, quiet.results()), quietSeconds, chaosSeconds);
        }
    }

    private ChaosResult result(VerifyReport chaos, double quietSeconds, double chaosSeconds) {
        return new ChaosResult(
                settings.name(),
                settings.mode().name(),
                settings.seed(),
                chaos.streams(),
                chaos.frames(),
                injected,
                outages,
                damagedRecords,
                clockJumps,
                chaos.lost(),
                chaos.doubled(),
                chaos.outOfOrder(),
                chaos.sampleCounts(),
                chaos.repeats(),
                chaos.repeatsThatDiffer(),
                chaos.concealed(),
                chaos.hashMismatches(),
                chaos.models(),
                quietSeconds,
                chaosSeconds,
                chaos.ok() && chaos.frames() > 0,
                chaos.issues());
    }

    private VerifyReport quiet() throws IOException {
        write(quietTopics, Integer.MAX_VALUE);
        ClusterJob job = ChaosJob.on(cluster, quietTopics, DeliveryMode.REPLAY, NEVER_IDLE);
        job.start();
        try (BackgroundVerifier verifier =
                new BackgroundVerifier(new Verifier(DeliveryMode.REPLAY), cluster.bootstrapServers(), quietTopics)) {
            awaitEnd(new FaultInjector(cluster, job, quietTopics, settings.seed()));
            return verifier.report(TIMEOUT, Map.of());
        }
    }

    private void chaos(BackgroundVerifier verifier) throws IOException {
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        if (isLive()) {
            written = inBackground();
        } else {
            write(topics, Integer.MAX_VALUE);
            announceForReplay();
        }
        cluster.link().limit(settings.linkBytesPerSecond());
        ClusterJob job = ChaosJob.on(cluster, topics, settings.mode(), NEVER_IDLE);
        job.start();
        FaultInjector injector = new FaultInjector(cluster, job, topics, settings.seed(), this::swap);
        try {
            injectAll(injector, verifier, written);
            cluster.link().limit(0);
            join(written);
            if (!isLive()) {
                awaitEnd(injector);
            }
            verifier.awaitAll(TIMEOUT);
            if (isLive()) {
                job.cancel();
            }
        } finally {
            cluster.link().limit(0);
        }
    }

    private void injectAll(FaultInjector injector, BackgroundVerifier verifier, CompletableFuture<Void> written)
            throws IOException {
        injector.awaitHealthy();
        for (FaultKind kind : FaultSchedule.of(settings.faults(), settings.seed())) {
            if (injector.isFinished()) {
                throw new IOException("The job finished after the faults " + injected + ", before all were injected."
                        + " Give it more --frames or a lower --link-rate.");
            }
            long start = System.nanoTime();
            try (OutputPauses pauses = OutputPauses.watch(verifier::framesOut)) {
                injector.inject(kind);
                injector.awaitHealthy();
                double health = secondsSince(start);
                awaitOutput(injector, verifier, written);
                injected.merge(kind, 1, Integer::sum);
                outages.add(new ChaosResult.Outage(kind, pauses.longestSeconds(), health));
                progress.accept(String.format(
                        "%-16s healthy after %4.1f s, longest output pause %4.1f s, %,d frames out",
                        kind, health, pauses.longestSeconds(), verifier.framesOut()));
            }
        }
    }

    /** Waits for one more output frame, unless none may be left: only a pause that has ended can be measured. */
    private void awaitOutput(FaultInjector injector, BackgroundVerifier verifier, CompletableFuture<Void> written)
            throws IOException {
        long before = verifier.framesOut();
        Await.until(
                "output",
                TIMEOUT,
                () -> verifier.framesOut() > before || (isLive() ? written.isDone() : injector.isFinished()));
    }

    /** Announces one model for each swap in advance, with start times spread evenly over the streams. */
    private void announceForReplay() throws IOException {
        for (int i = 1; i <= swaps(); i++) {
            int frame = settings.framesPerStream() * i / (swaps() + 1);
            models.announceNext(List.of(topics, quietTopics), momentAfter(frame));
        }
    }

    private void swap() throws IOException {
        if (!isLive()) {
            models.announceNext(List.of(topics), 1);
            return;
        }
        long frames = SWAP_LEAD_TIME.toSeconds() * settings.framesPerSecond() / settings.streams();
        long from = sentPerStream + frames;
        if (from >= settings.framesPerStream()) {
            throw new IOException("The streams end before another model could take effect, after the faults " + injected
                    + ". Give them more --frames.");
        }
        models.announceNext(List.of(topics, quietTopics), momentAfter((int) from));
        Await.pause(SWAP_LEAD_TIME, "the streams to change to the new model");
    }

    /** Returns a time after the capture time of that frame in every stream, with all clock jumps up to it. */
    private long momentAfter(int frame) {
        ClockJumps clocks = new ClockJumps(settings.clockJumps(), settings.seed());
        long latestMicros = 0;
        for (int sequence = 0; sequence <= frame; sequence++) {
            for (int i = 0; i < settings.streams(); i++) {
                long startMicros = clocks.startMicros("stream-" + i);
                latestMicros = Math.max(latestMicros, startMicros + sequence * NumberedStreams.FRAME_MICROS);
            }
        }
        return latestMicros + 1;
    }

    private void awaitEnd(FaultInjector injector) throws IOException {
        Await.until("the end of the job", END_TIMEOUT, () -> {
            injector.revive();
            return injector.isFinished();
        });
    }

    private CompletableFuture<Void> inBackground() {
        return CompletableFuture.runAsync(() -> {
            try {
                write(topics, settings.framesPerSecond());
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void join(CompletableFuture<Void> written) throws IOException {
        try {
            written.join();
        } catch (CompletionException e) {
            throw new IOException(
                    "The producer of the input failed: " + e.getCause().getMessage(), e);
        }
    }

    private void write(Topics target, int framesPerSecond) throws IOException {
        NumberedStreams streams = new NumberedStreams(settings.seed());
        RecordFaults faults = new RecordFaults(settings.recordFaults(), settings.seed());
        ClockJumps clocks = new ClockJumps(settings.clockJumps(), settings.seed());
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        long startNanos = System.nanoTime();
        long sent = 0;
        try (FrameSender sender = new FrameSender(cluster.bootstrapServers(), target.rawFrames(), new Properties())) {
            for (int sequence = 0; sequence < settings.framesPerStream(); sequence++) {
                boolean last = sequence == settings.framesPerStream() - 1;
                for (int i = 0; i < settings.streams(); i++) {
                    String stream = "stream-" + i;
                    byte[] value = codec.encode(streams.frame(stream, sequence, clocks.startMicros(stream), last));
                    for (byte[] record : faults.apply(stream, value, last)) {
                        sender.send(stream.getBytes(StandardCharsets.UTF_8), record);
                    }
                }
                sent += settings.streams();
                sentPerStream = sequence + 1;
                waitUntil(startNanos + sent * TimeUnit.SECONDS.toNanos(1) / framesPerSecond);
            }
            sender.flush();
        }
        damagedRecords = faults.injected();
        clockJumps = clocks.jumps();
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
