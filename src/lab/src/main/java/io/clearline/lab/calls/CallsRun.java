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
package io.clearline.lab.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.BrokerProcess;
import io.clearline.lab.cluster.Folders;
import io.clearline.lab.cluster.JvmProcess;
import io.clearline.lab.pipeline.Rounding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A broker, a program in place of the job, and a gateway, each in a JVM of its own, with callers in this JVM.
 * Thread-confined.
 */
public final class CallsRun implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEGABYTE = 1 << 20;
    /** Share of enhanced frames above which the calls count as enhanced. */
    private static final double ENHANCED_SHARE = 0.9;

    private static final Duration PROBE_DURATION = Duration.ofMillis(500);
    private static final OperatingSystemMXBean THIS_PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int calls;
    private final LinkFaults link;
    private final Path folder;
    private final BrokerProcess broker;
    private final JvmProcess job;
    private GatewayProcess gateway;
    private SteadyCalls callers;

    private CallsRun(Path data, int calls, LinkFaults link) throws IOException {
        this.calls = calls;
        this.link = link;
        folder = Folders.untilExit(data);
        broker = new BrokerProcess(folder);
        job = new JvmProcess(
                "job",
                folder,
                JvmProcess.ownClassPath(),
                List.of("-Xmx256m", "-XX:+UseParallelGC", JvmProcess.LOGGING),
                List.of(PassThroughJob.class.getName(), broker.bootstrapServers()));
    }

    /**
     * Starts all processes and calls, and returns when every call has a session and is enhanced.
     *
     * @param data folder below which the broker keeps its data
     * @param firstPort first RTP port; the calls use every second port from it
     * @param calls number of concurrent calls
     * @param link faults of the network between callers and gateway
     */
    public static CallsRun start(Path data, int firstPort, int calls, LinkFaults link) throws IOException {
        CallsRun run = new CallsRun(data, calls, link);
        try {
            run.broker.start();
            run.broker.awaitAnswer();
            run.broker.createTopics(PARTITIONS);
            run.job.start();
            run.gateway = new GatewayProcess(run.folder, run.broker.bootstrapServers(), firstPort, calls);
            run.callers = new SteadyCalls(firstPort, calls, link);
            Await.until(calls + " sessions", TIMEOUT, () -> run.counts().sessions() == calls);
            run.awaitEnhanced();
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    int calls() {
        return calls;
    }

    LinkFaults link() {
        return link;
    }

    /** Runs the calls unmeasured. */
    public void settle(double seconds) throws IOException {
        Await.pause(Duration.ofMillis((long) (1000 * seconds)), "the end of a measurement of calls");
    }

    /** The counters of the gateway at one moment. */
    record Counts(int sessions, long enhanced, long dry, long sourceChanges, CallsMeasurement.Delay addedDelay) {
        long played() {
            return enhanced + dry;
        }
    }

    /** Returns the current counters of the gateway. */
    Counts counts() throws IOException {
        JsonNode status = gateway.status();
        return new Counts(
                status.get("sessions").asInt(),
                status.get("framesEnhanced").asLong(),
                status.get("framesDry").asLong(),
                status.get("sourceChanges").asLong(),
                new CallsMeasurement.Delay(
                        status.get("addedDelayP50Millis").asInt(),
                        status.get("addedDelayP99Millis").asInt()));
    }

    /** Elapsed time and processor time of each process at one moment, in seconds. */
    private record Clock(double seconds, double gateway, double broker, double job, double callers) {
        CallsMeasurement.Cores coresSince(Clock before) {
            double elapsed = seconds - before.seconds;
            return new CallsMeasurement.Cores(
                    Rounding.of((gateway - before.gateway) / elapsed),
                    Rounding.of((broker - before.broker) / elapsed),
                    Rounding.of((job - before.job) / elapsed),
                    Rounding.of((callers - before.callers) / elapsed));
        }
    }

    private Clock clock() {
        return new Clock(
                System.nanoTime() / NANOS_PER_SECOND,
                gateway.cpu().toNanos() / NANOS_PER_SECOND,
                broker.cpu().toNanos() / NANOS_PER_SECOND,
                job.cpu().toNanos() / NANOS_PER_SECOND,
                THIS_PROCESS.getProcessCpuTime() / NANOS_PER_SECOND);
    }

    /** Measures the calls for the given number of seconds. */
    CallsMeasurement.Stretch measure(double seconds) throws IOException {
        callers.takeMouthToEar();
        callers.takeMaxBehindMillis();
        Counts before = counts();
        Clock begin = clock();
        settle(seconds);
        Clock end = clock();
        Counts after = counts();
        CallsMeasurement.Cores cores = end.coresSince(begin);
        long frames = after.played() - before.played();
        return new CallsMeasurement.Stretch(
                Rounding.of(end.seconds - begin.seconds),
                after.sessions(),
                frames,
                Rounding.of((double) (after.dry() - before.dry()) / Math.max(1, frames)),
                takeMouthToEar(),
                Rounding.of(1000 * cores.gateway() / calls),
                cores,
                Rounding.of(gateway.residentBytes() / MEGABYTE),
                callers.takeMaxBehindMillis());
    }

    private CallsMeasurement.Delay takeMouthToEar() {
        MillisHistogram delays = callers.takeMouthToEar();
        return new CallsMeasurement.Delay(delays.quantileMillis(0.5), delays.quantileMillis(0.99));
    }

    /** Kills the broker, restarts it after the given number of seconds, and waits until calls are enhanced again. */
    CallsMeasurement.Outage outage(double seconds) throws IOException {
        callers.takeMouthToEar();
        broker.kill();
        long killed = System.nanoTime();
        settle(seconds);
        int sessions = counts().sessions();
        broker.start();
        long started = System.nanoTime();
        broker.awaitAnswer();
        long answered = System.nanoTime();
        awaitEnhanced();
        return new CallsMeasurement.Outage(
                Rounding.of((started - killed) / NANOS_PER_SECOND),
                sessions,
                Rounding.of((answered - started) / NANOS_PER_SECOND),
                Rounding.of((System.nanoTime() - answered) / NANOS_PER_SECOND),
                takeMouthToEar());
    }

    /** Waits until nearly all frames of half a second are enhanced. */
    private void awaitEnhanced() throws IOException {
        Await.until("the calls to be enhanced", TIMEOUT, () -> {
            Counts before = counts();
            Await.pause(PROBE_DURATION, "the calls to be enhanced");
            Counts after = counts();
            return after.enhanced() - before.enhanced() > ENHANCED_SHARE * (after.played() - before.played());
        });
    }

    /** Returns the heap of the gateway in use after a full collection. */
    long liveHeapBytes() throws IOException {
        return gateway.liveHeapBytes();
    }

    @Override
    public void close() throws IOException {
        if (callers != null) {
            callers.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        job.close();
        broker.close();
        Folders.delete(folder);
    }
}
