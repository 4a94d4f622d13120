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
 * Resources that a JVM used in a period. Immutable.
 *
 * @param wallNanos duration of the period
 * @param cpuNanos processor time of the whole process
 * @param partNanos processor time by part; without a job, all but the Kafka clients' is {@link CpuPart#JVM}
 * @param partBytes bytes allocated on the heap by part; meaningless without a job
 * @param operatorNanos processor time of the enhancing threads
 * @param operatorKernelShare share of that time in the kernel, 0 to 1
 * @param gcPauses number of garbage collection pauses
 * @param gcPauseMillisMax longest of these pauses
 * @param pauses longer stops of all threads, long compilations, and the job's checkpoints
 * @param counters increase of each counter of {@link ProcessCounters}, summed over subtasks
 */
record ProcessUse(
        long wallNanos,
        long cpuNanos,
        Map<CpuPart, Long> partNanos,
        Map<CpuPart, Long> partBytes,
        long operatorNanos,
        double operatorKernelShare,
        long gcPauses,
        double gcPauseMillisMax,
        List<Pause> pauses,
        Map<String, Long> counters) {}
