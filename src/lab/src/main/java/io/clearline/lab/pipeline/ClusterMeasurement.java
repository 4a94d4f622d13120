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

import java.util.Map;

/**
 * Measurement of live traffic through a cluster of separate JVMs on this machine. The component names are the keys of
 * the result file. Immutable.
 *
 * @param streams number of concurrent streams
 * @param slots slots of each TaskManager
 * @param partitions partitions of each topic
 * @param seconds duration of the measurement
 * @param latencyMillis latency above the algorithmic delay
 * @param deadlineMisses number of frames that came after the deadline or not at all
 * @param missing number of frames that did not come out
 * @param cpuPerStream milliseconds of processor time for one second of one stream's audio, by process
 * @param recordBytesIn size of the value of one input record with a frame of 20 ms
 * @param recordBytesOut size of the value of one output record
 * @param checkpointBytes size of the newest checkpoint, models included
 * @param checkpointMillis duration of that checkpoint from its trigger to its last acknowledgement
 */
public record ClusterMeasurement(
        int streams,
        int taskManagers,
        int slots,
        int partitions,
        double seconds,
        Percentiles latencyMillis,
        long deadlineMisses,
        long missing,
        Map<String, Double> cpuPerStream,
        int recordBytesIn,
        int recordBytesOut,
        long checkpointBytes,
        long checkpointMillis) {}
