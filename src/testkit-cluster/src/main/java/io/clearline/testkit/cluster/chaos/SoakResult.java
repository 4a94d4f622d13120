package io.clearline.testkit.cluster.chaos;

import io.clearline.gateway.verify.Issue;
import java.util.List;
import java.util.Map;

/**
 * What a soak found; lists have an entry a minute, of both TaskManagers together.
 *
 * @param faults injected, each survived
 * @param hashMismatches streams whose SHA-256 is not that of a quiet replay of the same frames, and repeats with other bytes
 * @param checkpointKb size of the newest checkpoint, which is the state of the streams
 * @param consumerLag raw frames that the job's group has not committed; it commits with each checkpoint, once a second
 */
public record SoakResult(
        long seed,
        double minutes,
        long streams,
        long frames,
        int faults,
        Map<FaultKind, Integer> faultsByKind,
        long lost,
        long doubled,
        long outOfOrder,
        long hashMismatches,
        long repeats,
        List<Double> heapAfterGcMb,
        List<Integer> threads,
        List<Integer> descriptors,
        List<Long> checkpointKb,
        List<Long> consumerLag,
        boolean ok,
        List<Issue> issues) {}
