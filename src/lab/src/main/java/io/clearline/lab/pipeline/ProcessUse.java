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
 * What a JVM used over a stretch of time.
 *
 * @param cpuNanos processor time of the whole process
 * @param partNanos of it, by part; of a process that runs no job all is {@link CpuPart#JVM}
 * @param partBytes allocated on the heap, by part; of a process that runs no job the parts mean nothing
 * @param operatorNanos processor time of the threads that enhance
 * @param operatorKernelShare of that, in the kernel; 0 to 1
 * @param gcPauses how often the collector stopped all threads
 * @param gcPauseMillisMax longest stop
 * @param pauses stops of all its threads, and the job's checkpoints
 * @param counters what the job's metrics counted meanwhile, summed over subtasks
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
