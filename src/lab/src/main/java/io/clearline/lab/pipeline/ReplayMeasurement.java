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
 * Measurement of one replay of stored streams. The component names are the keys of the result file. Immutable.
 *
 * @param streams number of streams
 * @param secondsPerStream length of each stream
 * @param parallelism number of subtasks
 * @param jobCores number of cores to which the job was limited; 0 for no limit
 * @param wallSeconds time from the first input frame of the operator to its last output frame, compilation included
 * @param timesRealTime seconds of audio processed in one second
 * @param batchFill average share of the batch width that a kernel call used, 0 to 1
 * @param cpuPerStream milliseconds of the job's processor time for one second of audio, by part, its start included
 * @param kernelShareOfOperator share of the enhancing threads' processor time that the kernel took, 0 to 1
 * @param gcPauseMillisMax longest garbage collection pause of the job's JVM
 */
public record ReplayMeasurement(
        int streams,
        double secondsPerStream,
        int parallelism,
        int jobCores,
        double wallSeconds,
        double timesRealTime,
        double batchFill,
        Map<String, Double> cpuPerStream,
        double kernelShareOfOperator,
        double gcPauseMillisMax) {}
