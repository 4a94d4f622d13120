package io.clearline.testkit.cluster.chaos;

import io.clearline.gateway.FrameSender;
import io.clearline.gateway.verify.DeliveryMode;
import io.clearline.gateway.verify.Verifier;
import io.clearline.gateway.verify.VerifyReport;
import io.clearline.job.JobMode;
import io.clearline.job.Topics;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.testkit.cluster.Await;
import io.clearline.testkit.cluster.ClusterJob;
import io.clearline.testkit.cluster.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The proof: the same numbered streams through the job twice, once in peace and once while the cluster is being broken. An independent
 * verifier reads both outputs; every stream of the second must have the SHA-256 it has in the first. One thread uses it.
 */
public final class ChaosRun {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration END_PATIENCE = Duration.ofMinutes(5);
    /** An outage of the writer must not close a stream: where it was cut would depend on the clock. */
    private static final Duration NEVER_IDLE = Duration.ofMinutes(30);

    private final TestCluster cluster;
    private final ChaosSettings settings;
    private final Consumer<String> progress;
    private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
    private long damagedRecords;
    private long clockJumps;

    /**
     * Prepares a run.
     *
     * @param progress takes a line for each thing that happens
     */
    public ChaosRun(TestCluster cluster, ChaosSettings settings, Consumer<String> progress) {
        this.cluster = cluster;
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs both and compares. */
    public ChaosResult run() throws IOException {
        long start = System.nanoTime();
        VerifyReport quiet = quiet();
        double quietSeconds = secondsSince(start);
        progress.accept(String.format("quiet: %,d frames in %.0f s", quiet.framesOut(), quietSeconds));
        if (!quiet.ok()) {
            throw new IOException("Already without faults something is wrong: " + quiet.issues());
        }
        start = System.nanoTime();
        VerifyReport chaos = chaos(quiet);
        double chaosSeconds = secondsSince(start);
        return new ChaosResult(
                settings.name(),
                settings.mode().name(),
                settings.seed(),
                chaos.streams(),
                chaos.frames(),
                injected,
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
                quietSeconds,
                chaosSeconds,
                chaos.ok() && chaos.frames() > 0,
                chaos.issues());
    }

    private VerifyReport quiet() throws IOException {
        Topics topics = new Topics(settings.name() + "-quiet");
        cluster.createTopics(topics);
        write(topics, Integer.MAX_VALUE);
        ClusterJob job = ChaosJob.on(cluster, topics, JobMode.REPLAY, NEVER_IDLE);
        job.start();
        try (Witness witness = new Witness(new Verifier(DeliveryMode.REPLAY), cluster.bootstrapServers(), topics)) {
            awaitEnd(new FaultInjector(cluster, job, topics, settings.seed()));
            return witness.verdict(PATIENCE, Map.of());
        }
    }

    private VerifyReport chaos(VerifyReport quiet) throws IOException {
        Topics topics = new Topics(settings.name());
        cluster.createTopics(topics);
        boolean live = settings.mode() == JobMode.LIVE;
        CompletableFuture<Void> written = live ? inBackground(topics) : CompletableFuture.completedFuture(null);
        if (!live) {
            write(topics, Integer.MAX_VALUE);
        }
        cluster.link().limit(settings.linkBytesPerSecond());
        ClusterJob job = ChaosJob.on(cluster, topics, settings.mode(), NEVER_IDLE);
        job.start();
        FaultInjector injector = new FaultInjector(cluster, job, topics, settings.seed());
        DeliveryMode delivery = live ? DeliveryMode.LIVE : DeliveryMode.REPLAY;
        try (Witness witness = new Witness(new Verifier(delivery), cluster.bootstrapServers(), topics)) {
            injector.awaitHealth();
            for (FaultKind kind : FaultSchedule.of(settings.faults(), settings.seed())) {
                if (injector.isOver()) {
                    throw new IOException("The job was over after " + injected + ", before all faults were injected."
                            + " Give it more frames or a slower link.");
                }
                long start = System.nanoTime();
                injector.inject(kind);
                injector.awaitHealth();
                injected.merge(kind, 1, Integer::sum);
                progress.accept(String.format(
                        "%-16s well again after %4.1f s, %,d frames out",
                        kind, secondsSince(start), witness.framesOut()));
            }
            cluster.link().limit(0);
            join(written);
            if (!live) {
                awaitEnd(injector);
            }
            VerifyReport report = witness.verdict(PATIENCE, quiet.results());
            if (live) {
                job.cancel();
            }
            return report;
        } finally {
            cluster.link().limit(0);
        }
    }

    private void awaitEnd(FaultInjector injector) throws IOException {
        Await.until("the end of the job", END_PATIENCE, () -> {
            injector.revive();
            return injector.isOver();
        });
    }

    private CompletableFuture<Void> inBackground(Topics topics) {
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
            throw new IOException("The writer failed: " + e.getCause().getMessage(), e);
        }
    }

    private void write(Topics topics, int framesPerSecond) throws IOException {
        NumberedStreams streams = new NumberedStreams(settings.seed());
        RecordFaults faults = new RecordFaults(settings.recordFaults(), settings.seed());
        ClockJumps clocks = new ClockJumps(settings.clockJumps(), settings.seed());
        WireCodec<AudioFrame> codec = WireCodec.audioFrame();
        long startNanos = System.nanoTime();
        long sent = 0;
        try (FrameSender sender = new FrameSender(cluster.bootstrapServers(), topics.rawFrames(), new Properties())) {
            for (int sequence = 0; sequence < settings.framesOfAStream(); sequence++) {
                boolean last = sequence == settings.framesOfAStream() - 1;
                for (int i = 0; i < settings.streams(); i++) {
                    String stream = "stream-" + i;
                    byte[] value = codec.encode(streams.frame(stream, sequence, clocks.startMicros(stream), last));
                    for (byte[] record : faults.apply(stream, value, last)) {
                        sender.send(stream.getBytes(StandardCharsets.UTF_8), record);
                    }
                }
                sent += settings.streams();
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
