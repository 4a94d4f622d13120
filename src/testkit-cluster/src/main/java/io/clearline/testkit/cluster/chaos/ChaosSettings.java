package io.clearline.testkit.cluster.chaos;

import io.clearline.job.JobMode;
import java.util.Map;

/**
 * One chaos run.
 *
 * @param name first part of its topics' names
 * @param framesOfAStream length of each stream
 * @param framesPerSecond how fast live input comes, all streams together; replay has it all beforehand
 * @param linkBytesPerSecond what a connection of the job carries while faults are injected, so that replay is not over before them
 * @param faults how many of each kind
 * @param recordFaults what the input itself suffers
 * @param clockJumps share of frames before which their sender's clock is set
 * @param seed decides the samples, the order of the faults and where they hit
 */
public record ChaosSettings(
        String name,
        JobMode mode,
        int streams,
        int framesOfAStream,
        int framesPerSecond,
        long linkBytesPerSecond,
        Map<FaultKind, Integer> faults,
        RecordFaults.Rates recordFaults,
        double clockJumps,
        long seed) {
    /** Frames of all streams. */
    public long frames() {
        return (long) streams * framesOfAStream;
    }
}
