package io.clearline.benchmarks.pipeline;

import java.util.Map;

/**
 * What a JVM used over a stretch of time.
 *
 * @param cpuNanos processor time of the whole process
 * @param partNanos of it, by part; of a process that runs no job all is {@link CpuPart#JVM}
 * @param operatorNanos processor time of the threads that enhance
 * @param operatorKernelShare of that, in the kernel; 0 to 1
 * @param gcPauses how often the collector stopped all threads
 * @param gcPauseMillisMax longest stop
 * @param counters what the job's metrics counted meanwhile, summed over subtasks
 */
record ProcessUse(
        long wallNanos,
        long cpuNanos,
        Map<CpuPart, Long> partNanos,
        long operatorNanos,
        double operatorKernelShare,
        long gcPauses,
        double gcPauseMillisMax,
        Map<String, Long> counters) {}
