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
 * One replay of stored streams.
 *
 * @param jobCores cores that the job was held to; 0: any
 * @param wallSeconds from the first frame that the operator took to the last that it gave, compilation included
 * @param timesRealTime seconds of audio in a second
 * @param batchFill share of a batch's width that a kernel call had, on average
 * @param cpuPerStream milliseconds of the job's processor time for a second of audio, by part, its start included
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
