package io.clearline.benchmarks.pipeline;

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
