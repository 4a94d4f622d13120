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
 * A broker, a program in place of the job and a gateway, each in a JVM of its own, and callers in this one. One thread
 * uses it.
 */
public final class CallsRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PARTITIONS = 2;
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1 << 20;
    private static final double ENHANCED_SHARE = 0.9;
    private static final Duration LOOK = Duration.ofMillis(500);
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
     * Starts everything, and returns when every call has its session.
     *
     * @param data folder below which the broker keeps its data
     * @param firstPort of RTP; the calls take it and each second one above
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
            Await.until(calls + " sessions", PATIENCE, () -> run.counts().sessions() == calls);
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

    /** Lets time pass. */
    public void settle(double seconds) throws IOException {
        Await.pause(Duration.ofMillis((long) (1000 * seconds)), "calls went on");
    }

    /** What the gateway has counted so far. */
    record Counts(int sessions, long enhanced, long dry, long sourceChanges, CallsMeasurement.Delay addedDelay) {
        long played() {
            return enhanced + dry;
        }
    }

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

    /** What time and processor time have passed. */
    private record Clock(double seconds, double gateway, double broker, double job, double callers) {
        CallsMeasurement.Cores coresSince(Clock before) {
            double passed = seconds - before.seconds;
            return new CallsMeasurement.Cores(
                    Rounding.of((gateway - before.gateway) / passed),
                    Rounding.of((broker - before.broker) / passed),
                    Rounding.of((job - before.job) / passed),
                    Rounding.of((callers - before.callers) / passed));
        }
    }

    private Clock clock() {
        return new Clock(
                System.nanoTime() / NANOS,
                gateway.cpu().toNanos() / NANOS,
                broker.cpu().toNanos() / NANOS,
                job.cpu().toNanos() / NANOS,
                THIS_PROCESS.getProcessCpuTime() / NANOS);
    }

    /** Measures the calls as they go on for so long. */
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
        MillisHistogram heard = callers.takeMouthToEar();
        return new CallsMeasurement.Delay(heard.quantileMillis(0.5), heard.quantileMillis(0.99));
    }

    /** Kills the broker, and starts it again after so long. */
    CallsMeasurement.Outage outage(double seconds) throws IOException {
        callers.takeMouthToEar();
        broker.kill();
        long gone = System.nanoTime();
        settle(seconds);
        int sessions = counts().sessions();
        broker.start();
        long started = System.nanoTime();
        broker.awaitAnswer();
        long answered = System.nanoTime();
        awaitEnhanced();
        return new CallsMeasurement.Outage(
                Rounding.of((started - gone) / NANOS),
                sessions,
                Rounding.of((answered - started) / NANOS),
                Rounding.of((System.nanoTime() - answered) / NANOS),
                takeMouthToEar());
    }

    /** Nearly all frames of half a second are enhanced. */
    private void awaitEnhanced() throws IOException {
        Await.until("calls to be enhanced", PATIENCE, () -> {
            Counts before = counts();
            Await.pause(LOOK, "calls to be enhanced");
            Counts after = counts();
            return after.enhanced() - before.enhanced() > ENHANCED_SHARE * (after.played() - before.played());
        });
    }

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
