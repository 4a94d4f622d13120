package io.clearline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Counts the heap bytes that the current thread allocates: the check behind "no garbage where the arithmetic is". */
public final class Allocation {

    /** Long enough for the JIT to compile the body, so that escape analysis has had its chance. */
    private static final int WARM_UP_RUNS = 20_000;

    private static final int COUNTED_RUNS = 1_000;

    /**
     * How long a body may take to reach a round without garbage: on a busy machine the JIT compiler compiles late, and until then the vectors
     * of a kernel are objects. Garbage of every call shows in every round, however many there are.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Allocation() {}

    /** Fails when the body, warmed up, allocates on this thread in each of several rounds. */
    public static void assertNoAllocation(Runnable body) {
        assertNoAllocation(WARM_UP_RUNS, COUNTED_RUNS, body);
    }

    /** As {@link #assertNoAllocation(Runnable)}, for bodies too slow to run tens of thousands of times. */
    public static void assertNoAllocation(int warmUpRuns, int countedRuns, Runnable body) {
        for (int i = 0; i < warmUpRuns; i++) {
            body.run();
        }
        long bytes = bytesAllocatedBy(countedRuns, body);
        int rounds = 1;
        for (long endNanos = System.nanoTime() + PATIENCE.toNanos();
                bytes > 0 && System.nanoTime() < endNanos;
                rounds++) {
            bytes = bytesAllocatedBy(countedRuns, body);
        }
        assertThat(bytes)
                .as("heap bytes allocated by %d runs, the last of %d rounds", countedRuns, rounds)
                .isZero();
    }

    /** Heap bytes that the given number of runs allocates on this thread. */
    public static long bytesAllocatedBy(int runs, Runnable body) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            body.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
