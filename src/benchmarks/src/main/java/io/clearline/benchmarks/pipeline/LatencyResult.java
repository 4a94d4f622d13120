package io.clearline.benchmarks.pipeline;

/**
 * What a {@link LatencyWindow} saw.
 *
 * @param sent frames of the input that were due in it
 * @param arrived frames of the output that these completed and that came out
 * @param missing those that did not
 * @param bypassed those that came out dry because the job was overloaded
 * @param deadlineMisses those not bypassed that came later than the deadline, or not at all
 * @param latencyMillis of all that were not bypassed
 * @param dryLatencyMillis of those that were
 */
record LatencyResult(
        long sent,
        long arrived,
        long missing,
        long bypassed,
        long deadlineMisses,
        Percentiles latencyMillis,
        Percentiles dryLatencyMillis) {
    /** Whether everything came, enhanced, and so early. */
    boolean allWithin(double millis) {
        return missing == 0 && bypassed == 0 && latencyMillis.max() < millis;
    }
}
