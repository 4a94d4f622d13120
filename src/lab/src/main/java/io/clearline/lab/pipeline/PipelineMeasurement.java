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
 * Measurement of one period of live traffic. The component names are the keys of the result files. Immutable.
 *
 * @param streams number of concurrent streams
 * @param seconds duration
 * @param frames number of output frames
 * @param latencyMillis latency above the algorithmic delay, from when a frame was due to when it was read from Kafka
 * @param deadlineMillis latency above which a frame is a miss
 * @param deadlineMisses number of frames that came after the deadline or not at all
 * @param missing number of frames that did not come out
 * @param bypassed number of frames that came out dry because the job was overloaded; not part of the latencies
 * @param dryLatencyMillis latency of the bypassed frames
 * @param stalls periods with late frames, and their possible causes
 * @param jitterMillis delay with which the machine, under this load, woke a sleeping thread
 * @param hops requests at each hop of a frame
 * @param cpuPerStream milliseconds of processor time for one second of one stream's audio, by part
 * @param bytesPerFrame bytes that the job allocates on its heap for one frame, by part
 * @param cpuShare share of the machine's cores that all processes together kept busy, 0 to 1
 * @param kernelShareOfOperator share of the enhancing threads' processor time that the kernel took, 0 to 1
 * @param batchFill average share of the batch width that a kernel call used, 0 to 1
 * @param gcPauseMillisMax longest garbage collection pause of the job's JVM, from its Flight Recorder
 * @param brokerGcPauseMillisMax longest garbage collection pause of the broker's JVM
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

    /**
     * Returns whether the streams are carried: a 99th percentile of at most 50 ms, no deadline miss, no bypassed frame.
     */
    public boolean carried() {
        return latencyMillis.p99() <= P99_LIMIT_MILLIS && deadlineMisses == 0 && bypassed == 0;
    }

    /** Returns milliseconds of processor time for one second of one stream's audio, summed over all parts. */
    public double cpuMillis() {
        return cpuPerStream.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the same of the job alone. One core of a TaskManager carries 1000 streams divided by this. */
    public double jobCpuMillis() {
        return cpuMillis() - cpuPerStream.get("broker") - cpuPerStream.get("generator");
    }

    /** Returns the bytes that the job allocates on its heap for one frame, summed over all parts. */
    public double heapBytesPerFrame() {
        return bytesPerFrame.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
