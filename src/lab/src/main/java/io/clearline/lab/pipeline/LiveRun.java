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
package io.clearline.lab.pipeline;

import io.clearline.kafka.Topics;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.console.ConsoleProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Live traffic through a running job, of which periods are measured one after the other. Thread-confined. */
public final class LiveRun implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    /** Duration of the probes for whether frames are in time again. */
    private static final double RECOVERY_SECONDS = 0.5;
    /** Spans two checkpoints, whose code is compiled late because nothing else runs it. */
    private static final double COMPILERS_WINDOW_SECONDS = 20;
    /** Share of a core below which the compilers count as quiet. */
    private static final double QUIET_COMPILERS_SHARE = 0.03;

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final PipelineProcesses processes;
    private final int deadlineMillis;
    private final int batchWidth;
    private final Traffic traffic;
    private final Listener listener;
    private final ProcessMeter ownMeter = new ProcessMeter();
    private int streams;

    private LiveRun(
            PipelineProcesses processes, AudioPool audio, FrameTiming timing, int deadlineMillis, int batchWidth)
            throws IOException {
        this.processes = processes;
        this.deadlineMillis = deadlineMillis;
        this.batchWidth = batchWidth;
        traffic = new Traffic(processes.bootstrapServers(), Topics.DEFAULT.rawFrames(), audio, timing);
        listener = new Listener(processes.bootstrapServers(), Topics.DEFAULT.enhancedFrames(), timing, traffic);
    }

    /**
     * Starts the broker, the job and one stream, and returns when the first enhanced frame came out.
     *
     * @param deadlineMillis latency above which a frame is a miss
     * @param batchWidth batch width of the job, of which the fill is a share
     */
    public static LiveRun start(PipelineSettings settings, AudioPool audio, int deadlineMillis, int batchWidth)
            throws IOException {
        FrameTiming timing = settings.subject().timing(audio.frameSamples());
        PipelineProcesses processes = PipelineProcesses.start(settings);
        try {
            processes.startJob();
            LiveRun run = new LiveRun(processes, audio, timing, deadlineMillis, batchWidth);
            run.setStreams(1);
            Await.until("the first enhanced frame, see " + processes.job().log(), START_TIMEOUT, () -> {
                run.requireRunning();
                return run.listener.framesRead() > 0;
            });
            return run;
        } catch (IOException | RuntimeException e) {
            processes.close();
            throw e;
        }
    }

    /** Sets the number of concurrent streams from now on. */
    public void setStreams(int count) {
        streams = count;
        traffic.setStreams(count);
    }

    /** Returns the assignment of cores to the processes, in words. */
    public String cores() {
        return processes.cores().describe();
    }

    /**
     * Runs streams unmeasured until the job keeps up. Frames that accumulated while code was compiled are processed
     * first.
     *
     * @param count number of concurrent streams
     * @param seconds minimum duration
     */
    public void warmUp(int count, double seconds) throws IOException {
        // The first recording of the Flight Recorder stops a JVM for a while, so it is made before the load starts.
        measure(RECOVERY_SECONDS);
        setStreams(count);
        settle(seconds);
        if (observe(RECOVERY_SECONDS).deadlineMisses() > 0) {
            recover();
            setStreams(count);
            settle(seconds / 2);
        }
    }

    /**
     * Runs the traffic unmeasured until the compilers of broker and job are quiet.
     *
     * @param maxSeconds time after which it returns even if they are not
     * @return elapsed seconds
     */
    public double awaitCompiled(double maxSeconds) throws IOException {
        long start = RunClock.micros();
        long before = compileMillis();
        double elapsed;
        do {
            settle(COMPILERS_WINDOW_SECONDS);
            elapsed = (double) (RunClock.micros() - start) / MICROS_PER_SECOND;
            long now = compileMillis();
            if (now - before <= QUIET_COMPILERS_SHARE * 1000 * COMPILERS_WINDOW_SECONDS) {
                break;
            }
            before = now;
        } while (elapsed < maxSeconds);
        return Rounding.of(elapsed);
    }

    private long compileMillis() throws IOException {
        return processes.jobMeter().state().counters().get(ProcessCounters.COMPILE_MILLIS)
                + processes.brokerMeter().state().counters().get(ProcessCounters.COMPILE_MILLIS);
    }

    /** Runs the traffic unmeasured. */
    public void settle(double seconds) throws IOException {
        Await.pause(Duration.ofMillis((long) (1000 * seconds)), "the traffic to settle");
        requireRunning();
    }

    /** Reduces the load to one stream after an overload, and waits until frames are in time again. */
    public void recover() throws IOException {
        setStreams(1);
        Await.until(
                "the job to be in time again",
                START_TIMEOUT,
                () -> observe(RECOVERY_SECONDS).latencyMillis().max() < deadlineMillis);
    }

    /**
     * Freezes the job's process while the traffic continues, as a long garbage collection or a suspended machine would.
     */
    public void stall(double seconds) throws IOException {
        processes.job().freeze();
        Await.pause(Duration.ofMillis((long) (1000 * seconds)), "the end of the stall");
        processes.job().thaw();
    }

    /**
     * Waits until every frame of half a second comes out enhanced and in time.
     *
     * @return seconds from now to the start of that half second
     * @throws IOException if it takes longer than two minutes
     */
    public double secondsToRecover() throws IOException {
        long start = RunClock.micros();
        long[] probeStart = new long[1];
        Await.until("all frames to be enhanced and in time again", START_TIMEOUT, () -> {
            probeStart[0] = RunClock.micros();
            return observe(RECOVERY_SECONDS).allWithin(deadlineMillis);
        });
        return Rounding.of((double) (probeStart[0] - start) / MICROS_PER_SECOND);
    }

    /** Measures latency and processor time for the given number of seconds. */
    public PipelineMeasurement measure(double seconds) throws IOException {
        ownMeter.begin();
        processes.brokerMeter().begin();
        processes.jobMeter().begin();
        SchedulingJitter jitter = new SchedulingJitter();
        LatencyResult latency = observe(seconds);
        Percentiles late = jitter.end();
        ProcessUse job = processes.jobMeter().end();
        ProcessUse broker = processes.brokerMeter().end();
        ProcessUse own = ownMeter.end();
        requireRunning();
        return summary(seconds, latency, late, job, broker, own);
    }

    /** Measures latency alone, without the cost of starting the meters. */
    LatencyResult observe(double seconds) throws IOException {
        return LatencyWindow.observe(traffic, listener, seconds, deadlineMillis);
    }

    private PipelineMeasurement summary(
            double seconds,
            LatencyResult latency,
            Percentiles jitter,
            ProcessUse job,
            ProcessUse broker,
            ProcessUse own) {
        Map<CpuPart, Double> cpu = new TreeMap<>();
        job.partNanos().forEach((part, nanos) -> cpu.put(part, perAudioSecond(nanos, job)));
        cpu.put(CpuPart.BROKER, perAudioSecond(broker.cpuNanos(), broker));
        cpu.put(CpuPart.GENERATOR, perAudioSecond(own.cpuNanos(), own));
        Map<String, Double> byName = new LinkedHashMap<>();
        cpu.forEach((part, millis) -> byName.put(part.label(), Rounding.of(millis)));
        long batches = job.counters().getOrDefault("batches", 0L);
        double hops = job.counters().getOrDefault("hops", 0L);
        double all = cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        return new PipelineMeasurement(
                streams,
                seconds,
                latency.arrived(),
                latency.latencyMillis(),
                deadlineMillis,
                latency.deadlineMisses(),
                latency.missing(),
                latency.bypassed(),
                latency.dryLatencyMillis(),
                latency.timeline().stalls(pauses(job, broker, own)),
                jitter,
                HopTraffic.of(job, own),
                byName,
                bytesPerFrame(job, latency.arrived()),
                Rounding.of(all * streams / 1000 / Runtime.getRuntime().availableProcessors()),
                Rounding.of(job.operatorKernelShare()),
                batches == 0 ? 0 : Rounding.of(hops / batches / batchWidth),
                Rounding.of(job.gcPauseMillisMax()),
                Rounding.of(broker.gcPauseMillisMax()));
    }

    private static List<Pause> pauses(ProcessUse job, ProcessUse broker, ProcessUse own) {
        List<Pause> pauses = new ArrayList<>();
        job.pauses().forEach(pause -> pauses.add(pause.in("job")));
        broker.pauses().forEach(pause -> pauses.add(pause.in("broker")));
        own.pauses().forEach(pause -> pauses.add(pause.in("generator")));
        return pauses;
    }

    /** Returns the bytes that the job allocates on its heap for one output frame, by part. */
    private static Map<String, Double> bytesPerFrame(ProcessUse job, long frames) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        job.partBytes()
                .forEach((part, all) -> bytes.put(part.label(), Rounding.of((double) all / Math.max(1, frames))));
        return bytes;
    }

    String bootstrapServers() {
        return processes.bootstrapServers();
    }

    /** Starts a console beside the job, at a lower priority. */
    ConsoleProcess startConsole() throws IOException {
        return ConsoleProcess.atLowPriority(processes.folder(), processes.bootstrapServers());
    }

    /** Returns milliseconds of processor time for one second of one stream's audio. */
    private double perAudioSecond(long cpuNanos, ProcessUse use) {
        return 1000.0 * cpuNanos / use.wallNanos() / streams;
    }

    private void requireRunning() throws IOException {
        processes.requireRunning();
        traffic.requireRunning();
        listener.requireRunning();
    }

    @Override
    public void close() throws IOException {
        try {
            traffic.close();
            listener.close();
        } finally {
            processes.close();
        }
    }
}
