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
import io.clearline.kafka.TopicReader;
import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.ClusterJob;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.lab.cluster.TestCluster;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Measures how fast live streams recover after the loss of a TaskManager. Thread-confined. */
public final class RecoveryRun {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration OBSERVATION = Duration.ofSeconds(60);
    private static final Duration MEDIAN_WINDOW = Duration.ofSeconds(10);
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);
    private static final int STEADY_MILLIS = 200;

    private final TestCluster cluster;
    private final int streams;
    private final long seed;
    private final List<Arrival> arrivals = new ArrayList<>();

    /** An output frame: when it was read and when it was due, in microseconds since 1970. */
    private record Arrival(long arrivedMicros, long dueMicros) {
        double latencyMillis() {
            return (arrivedMicros - dueMicros) / 1e3;
        }
    }

    public RecoveryRun(TestCluster cluster, int streams, long seed) {
        this.cluster = cluster;
        this.streams = streams;
        this.seed = seed;
    }

    /** Warms up, kills a TaskManager, and observes the output for a minute. */
    public RecoveryResult run() throws IOException {
        Topics topics = new Topics("recovery");
        cluster.createTopics(topics);
        ClusterJob job = ChaosJob.on(cluster, topics, DeliveryMode.LIVE, Duration.ofMinutes(30));
        job.start();
        new FaultInjector(cluster, job, topics, seed).awaitHealthy();
        try (TopicReader<EnhancedFrame> reader = new TopicReader<>(
                        cluster.bootstrapServers(),
                        topics.enhancedFrames(),
                        WireCodec.enhancedFrame(),
                        new Properties());
                LiveTraffic traffic = new LiveTraffic(cluster.bootstrapServers(), List.of(topics), streams, seed)) {
            read(reader, WARM_UP);
            JvmProcess victim = cluster.taskManagers().get(0);
            long killMicros = nowMicros();
            victim.kill();
            read(reader, RESTART_DELAY);
            victim.start();
            read(reader, OBSERVATION);
            RecoveryResult result = result(killMicros);
            traffic.finish();
            job.cancel();
            return result;
        }
    }

    private void read(TopicReader<EnhancedFrame> reader, Duration duration) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            List<EnhancedFrame> frames = reader.poll(POLL_TIMEOUT);
            long now = nowMicros();
            frames.forEach(frame -> arrivals.add(new Arrival(now, frame.getCaptureTimeMicros())));
        }
    }

    private RecoveryResult result(long killMicros) throws IOException {
        long first = endOfSilence(killMicros);
        long lastSlow = arrivals.stream()
                .filter(each -> each.arrivedMicros() > killMicros && each.latencyMillis() > STEADY_MILLIS)
                .mapToLong(Arrival::arrivedMicros)
                .max()
                .orElse(killMicros);
        long end = nowMicros() - TimeUnit.MILLISECONDS.toMicros(MEDIAN_WINDOW.toMillis());
        long beforeKill = killMicros - TimeUnit.MILLISECONDS.toMicros(MEDIAN_WINDOW.toMillis());
        return new RecoveryResult(
                streams,
                arrivals.size(),
                (first - killMicros) / 1e6,
                (lastSlow - killMicros) / 1e6,
                STEADY_MILLIS,
                median(beforeKill, killMicros),
                median(end, Long.MAX_VALUE));
    }

    /**
     * Returns when the first new frame came out after the outage, which is the longest time without output after the
     * kill. Frames that the other TaskManager still sent until Flink detected the loss do not count.
     */
    private long endOfSilence(long killMicros) throws IOException {
        long before = killMicros;
        long longest = 0;
        long end = -1;
        for (Arrival each : arrivals) {
            if (each.arrivedMicros() > killMicros && each.arrivedMicros() - before > longest) {
                longest = each.arrivedMicros() - before;
                end = each.arrivedMicros();
            }
            before = Math.max(before, each.arrivedMicros());
        }
        long silenceOver = end;
        return arrivals.stream()
                .filter(each ->
                        silenceOver >= 0 && each.arrivedMicros() >= silenceOver && each.dueMicros() > killMicros)
                .mapToLong(Arrival::arrivedMicros)
                .min()
                .orElseThrow(() -> new IOException(
                        "No frame that was sent after the kill came out within " + OBSERVATION.toSeconds() + " s."));
    }

    private double median(long fromMicros, long toMicros) {
        double[] latencies = arrivals.stream()
                .filter(each -> each.arrivedMicros() >= fromMicros && each.arrivedMicros() < toMicros)
                .mapToDouble(Arrival::latencyMillis)
                .sorted()
                .toArray();
        return latencies.length == 0 ? Double.NaN : latencies[latencies.length / 2];
    }

    private static long nowMicros() {
        return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    }
}
