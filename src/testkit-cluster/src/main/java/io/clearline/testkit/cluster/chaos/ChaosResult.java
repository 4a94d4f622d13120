package io.clearline.testkit.cluster.chaos;

import io.clearline.gateway.verify.Issue;
import java.util.List;
import java.util.Map;

/**
 * What a chaos run found.
 *
 * @param frames different frames that went in, as the verifier read them
 * @param repeats records that came again, which only live may do
 * @param hashMismatches streams whose SHA-256 is not the quiet run's
 * @param models records that came out, by their model
 * @param quietSeconds of the run without faults
 * @param chaosSeconds of the run with them
 */
public record ChaosResult(
        String name,
        String mode,
        long seed,
        long streams,
        long frames,
        Map<FaultKind, Integer> faults,
        long damagedRecords,
        long clockJumps,
        long lost,
        long doubled,
        long outOfOrder,
        long sampleCounts,
        long repeats,
        long repeatsThatDiffer,
        long concealed,
        long hashMismatches,
        Map<String, Long> models,
        double quietSeconds,
        double chaosSeconds,
        boolean ok,
        List<Issue> issues) {}
