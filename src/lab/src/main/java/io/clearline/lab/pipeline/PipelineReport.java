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

import io.clearline.evaluation.LineChart;
import io.clearline.lab.ResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Formats measurements of the pipeline as text, JSON and charts. Stateless. */
public final class PipelineReport {
    private static final int MAX_STALLS_SHOWN = 5;
    private static final double MAX_SHOWN_LATENCY_MILLIS = 100;

    private PipelineReport() {}

    /** Returns the head of the table of live measurements. */
    public static String head() {
        return String.format(
                "%7s %8s %8s %8s %8s %8s %6s %6s %9s %7s %5s %7s",
                "streams",
                "p50 ms",
                "p90",
                "p99",
                "p99.9",
                "max",
                "missed",
                "dry",
                "cpu ms/s",
                "kernel",
                "fill",
                "gc max");
    }

    /** Returns one line of the table of live measurements. */
    public static String line(PipelineMeasurement row) {
        Percentiles latency = row.latencyMillis();
        return String.format(
                Locale.ROOT,
                "%7d %8.1f %8.1f %8.1f %8.1f %8.1f %6d %6d %9.2f %7.2f %5.2f %7.1f",
                row.streams(),
                latency.p50(),
                latency.p90(),
                latency.p99(),
                latency.p999(),
                latency.max(),
                row.deadlineMisses(),
                row.bypassed(),
                row.cpuMillis(),
                row.cpuPerStream().get(CpuPart.KERNEL.label()),
                row.batchFill(),
                row.gcPauseMillisMax());
    }

    /**
     * Returns the costs of a stream and of a frame by part, the longest stalls, and the streams that a core carries.
     */
    public static String cost(PipelineMeasurement row) {
        StringBuilder text = new StringBuilder("CPU for a second of one stream's audio, ms:");
        row.cpuPerStream().forEach((part, millis) -> text.append(String.format(Locale.ROOT, " %s %.2f", part, millis)));
        text.append(String.format(Locale.ROOT, "; all %.2f.%nHeap of the job for a frame, bytes:", row.cpuMillis()));
        row.bytesPerFrame().forEach((part, bytes) -> text.append(String.format(Locale.ROOT, " %s %.0f", part, bytes)));
        text.append(String.format(Locale.ROOT, "; all %.0f.%n", row.heapBytesPerFrame()));
        row.hops()
                .forEach((hop, traffic) -> text.append(String.format(
                        Locale.ROOT,
                        "%s: %.0f requests a second, %.1f records in each.%n",
                        hop,
                        traffic.requestsPerSecond(),
                        traffic.recordsPerRequest())));
        text.append(String.format(
                Locale.ROOT,
                "Under this load the machine woke a sleeping thread %.2f ms late at p50, %.2f ms at p99.%n",
                row.jitterMillis().p50(),
                row.jitterMillis().p99()));
        row.stalls().stream()
                .sorted(Comparator.comparingDouble(Stall::worstMillis).reversed())
                .limit(MAX_STALLS_SHOWN)
                .forEach(stall -> text.append(line(stall)));
        return text.append(String.format(
                        Locale.ROOT,
                        "A core carries %.0f streams of the job alone, %.0f with broker and load generator;"
                                + " the kernel has %.0f %% of the operator's threads.",
                        1000 / row.jobCpuMillis(),
                        1000 / row.cpuMillis(),
                        100 * row.kernelShareOfOperator()))
                .toString();
    }

    private static String line(Stall stall) {
        return String.format(
                Locale.ROOT,
                "%s: for %.1f s up to %.0f ms late; meanwhile: %s.%n",
                stall.at(),
                stall.seconds(),
                stall.worstMillis(),
                stall.meanwhile().isEmpty() ? "no stop and no checkpoint" : String.join("; ", stall.meanwhile()));
    }

    /**
     * Writes one measurement and the curve that leads to it.
     *
     * @param curve all measurements of the run, by which latency and cost depend on the number of streams
     * @param about conditions of the measurement, such as model and processes
     */
    public static void writeJson(
            PipelineMeasurement result, List<PipelineMeasurement> curve, Map<String, Object> about, Path file)
            throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(about);
        all.put("cpuPerStreamUnit", "ms of processor time for 1 s of one stream's audio");
        if (!curve.isEmpty()) {
            all.put("curve", curve);
        }
        ResultFile.write(result, all, file);
    }

    /** Returns the head of the table of replays. */
    public static String replayHead() {
        return String.format(
                "%7s %9s %12s %6s %9s %12s %6s %9s %7s",
                "streams", "seconds", "parallelism", "cores", "wall s", "x real time", "fill", "cpu ms/s", "kernel");
    }

    /** Returns one line of the table of replays. */
    public static String line(ReplayMeasurement row) {
        return String.format(
                Locale.ROOT,
                "%7d %9.0f %12d %6s %9.1f %12.0f %6.3f %9.2f %7.2f",
                row.streams(),
                row.secondsPerStream(),
                row.parallelism(),
                row.jobCores() == 0 ? "all" : Integer.toString(row.jobCores()),
                row.wallSeconds(),
                row.timesRealTime(),
                row.batchFill(),
                row.cpuPerStream().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum(),
                row.cpuPerStream().get(CpuPart.KERNEL.label()));
    }

    /**
     * Writes measurements of replays.
     *
     * @param about conditions of the measurements
     */
    public static void writeJson(List<ReplayMeasurement> rows, Map<String, Object> about, Path file)
            throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(about);
        all.put("cpuPerStreamUnit", "ms of the job's processor time for 1 s of audio");
        ResultFile.write(Map.of("replays", rows), all, file);
    }

    /** Returns the behaviour under overload, in words. */
    public static String line(OverloadMeasurement row) {
        PipelineMeasurement overload = row.overload();
        return String.format(
                Locale.ROOT,
                "%d streams where %d are carried, for %.0f s: %.0f %% of the frames bypassed, flagged and counted,"
                        + " p99 %.1f ms; the others p99 %.1f ms; %d lost. All enhanced and in time %.1f s after the"
                        + " overload's end.%nStopped for %.0f s: all enhanced and in time after %.1f s.",
                overload.streams(),
                row.streams(),
                overload.seconds(),
                100 * row.bypassedShare(),
                overload.dryLatencyMillis().p99(),
                overload.latencyMillis().p99(),
                overload.missing(),
                row.recoverySeconds(),
                row.stallSeconds(),
                row.stallRecoverySeconds());
    }

    /** Returns the measurement of a cluster, in words. */
    public static String line(ClusterMeasurement row) {
        return String.format(
                Locale.ROOT,
                "%d streams on %d TaskManagers of %d slots: p50 %.1f ms, p99 %.1f ms, %d missed; CPU for a second of"
                        + " one stream's audio, ms: %s; records of %d bytes in, %d out; checkpoint %,d bytes in %d ms.",
                row.streams(),
                row.taskManagers(),
                row.slots(),
                row.latencyMillis().p50(),
                row.latencyMillis().p99(),
                row.deadlineMisses(),
                row.cpuPerStream(),
                row.recordBytesIn(),
                row.recordBytesOut(),
                row.checkpointBytes(),
                row.checkpointMillis());
    }

    /** Draws the speed of replays over the number of cores. */
    public static void writePicture(String model, List<ReplayMeasurement> rows, Path png) throws IOException {
        double[] cores = rows.stream().mapToDouble(ReplayMeasurement::jobCores).toArray();
        new LineChart("Replay, model " + model, "cores of the job", "times real time")
                .withMarks()
                .add(
                        "speed",
                        cores,
                        rows.stream()
                                .mapToDouble(ReplayMeasurement::timesRealTime)
                                .toArray())
                .write(png);
    }

    /** Draws processor time by part and latency over the number of streams. */
    public static void writePicture(List<PipelineMeasurement> curve, String model, Path png) throws IOException {
        List<PipelineMeasurement> rows = curve.stream()
                .sorted(Comparator.comparingInt(PipelineMeasurement::streams))
                .toList();
        LineChart chart = new LineChart(
                        "Streams on one machine, model " + model,
                        "streams",
                        "CPU for a second of a stream; latency, ms")
                .withMarks();
        double[] streams =
                rows.stream().mapToDouble(PipelineMeasurement::streams).toArray();
        lines().forEach((name, value) ->
                chart.add(name, streams, rows.stream().mapToDouble(value).toArray()));
        chart.write(png);
    }

    private static Map<String, ToDoubleFunction<PipelineMeasurement>> lines() {
        Map<String, ToDoubleFunction<PipelineMeasurement>> lines = new LinkedHashMap<>();
        for (CpuPart part : CpuPart.values()) {
            lines.put("CPU " + part.label(), row -> row.cpuPerStream().get(part.label()));
        }
        lines.put("CPU all", PipelineMeasurement::cpuMillis);
        lines.put("latency p50", row -> shown(row.latencyMillis().p50()));
        lines.put("latency p99", row -> shown(row.latencyMillis().p99()));
        return lines;
    }

    /** Omits latencies of overloaded runs, which would compress the scale for all other curves. */
    private static double shown(double latencyMillis) {
        return latencyMillis > MAX_SHOWN_LATENCY_MILLIS ? Double.NaN : latencyMillis;
    }
}
