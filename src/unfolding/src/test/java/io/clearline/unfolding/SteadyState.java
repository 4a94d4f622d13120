package io.clearline.unfolding;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.Allocation;

/**
 * {@link Allocation} for code whose vectors live in registers only once it is compiled. When the JIT compiler changes its mind
 * late, a single run in the interpreter allocates once; garbage of every call would show in every round.
 */
public final class SteadyState {

    private static final int ROUNDS = 5;

    private SteadyState() {}

    /** Fails when the body allocates in each of several rounds after the warm-up. */
    public static void assertNoAllocation(int warmUpRuns, int countedRuns, Runnable body) {
        for (int i = 0; i < warmUpRuns; i++) {
            body.run();
        }
        long bytes = Allocation.bytesAllocatedBy(countedRuns, body);
        for (int round = 1; round < ROUNDS && bytes > 0; round++) {
            bytes = Allocation.bytesAllocatedBy(countedRuns, body);
        }
        assertThat(bytes)
                .as("heap bytes allocated by %d runs, the last of %d rounds", countedRuns, ROUNDS)
                .isZero();
    }
}
