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

import java.util.List;
import java.util.Map;

/**
 * One stretch of live traffic.
 *
 * @param streams open at once
 * @param seconds how long
 * @param latencyMillis above the algorithmic delay, from when a frame was due to when it was read from Kafka
 * @param deadlineMisses frames later than {@code deadlineMillis}, or lost
 * @param bypassed frames that came out dry because the job was overloaded; not among the latencies
 * @param dryLatencyMillis of those
 * @param stalls when frames were late, and what was going on
 * @param jitterMillis how late the machine, with this load on it, woke a sleeping thread
 * @param hops requests at each hop of a frame
 * @param cpuPerStream milliseconds of processor time for a second of one stream's audio, by part
 * @param bytesPerFrame that the job allocates on its heap for a frame, by part
 * @param cpuShare of the machine's cores that were busy with all of it, 0 to 1
 * @param kernelShareOfOperator of the processor time of the threads that enhance
 * @param batchFill share of a batch's width that a kernel call had, on average
 * @param gcPauseMillisMax longest stop of the job's JVM, from its own Flight Recorder
 * @param brokerGcPauseMillisMax likewise of the broker's
 */
public record PipelineMeasurement(
        int streams,
        double seconds,
        long frames,
        Percentiles latencyMillis,
        int deadlineMillis,
        long deadlineMisses,
        long missing,
        long bypassed,
        Percentiles dryLatencyMillis,
        List<Stall> stalls,
        Percentiles jitterMillis,
        Map<String, HopTraffic> hops,
        Map<String, Double> cpuPerStream,
        Map<String, Double> bytesPerFrame,
        double cpuShare,
        double kernelShareOfOperator,
        double batchFill,
        double gcPauseMillisMax,
        double brokerGcPauseMillisMax) {
    private static final double P99_LIMIT_MILLIS = 50;

    /** Whether so many streams are carried: the 99th percentile within 50 ms, and no frame beyond the deadline. */
    public boolean carried() {
        return latencyMillis.p99() <= P99_LIMIT_MILLIS && deadlineMisses == 0 && bypassed == 0;
    }

    /** Milliseconds of processor time for a second of one stream's audio, all parts. */
    public double cpuMillis() {
        return cpuPerStream.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The same of the job alone: what a core of a TaskManager carries is 1000 over this. */
    public double jobCpuMillis() {
        return cpuMillis() - cpuPerStream.get("broker") - cpuPerStream.get("generator");
    }

    /** Bytes that the job allocates on its heap for a frame, all parts. */
    public double heapBytesPerFrame() {
        return bytesPerFrame.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
