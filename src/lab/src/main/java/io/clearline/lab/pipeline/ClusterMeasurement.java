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
 * Live traffic through a cluster of separate JVMs on this machine.
 *
 * @param slots of each TaskManager
 * @param cpuPerStream milliseconds of processor time for a second of one stream's audio, by process
 * @param recordBytesIn value of one record with a frame of 20 ms, as it came to Kafka
 * @param recordBytesOut value of one record with the enhanced frame
 * @param checkpointBytes of the newest checkpoint, models included
 * @param checkpointMillis from its trigger to its last acknowledgement
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
