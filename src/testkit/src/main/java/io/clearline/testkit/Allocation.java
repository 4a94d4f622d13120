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
package io.clearline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Measures the heap bytes that the current thread allocates. Tests use it to assert that hot code creates no garbage.
 * Stateless.
 */
public final class Allocation {

    /** Enough for the JIT to compile the body, so that escape analysis can remove its temporary objects. */
    private static final int WARM_UP_RUNS = 20_000;

    private static final int COUNTED_RUNS = 1_000;

    /**
     * How long to wait for a round without allocations. On a busy machine the JIT compiles late, and until then each
     * vector of a kernel is an object. Code that allocates on every call allocates in every round, so waiting hides
     * nothing.
     */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Allocation() {}

    /** Fails if the body still allocates on this thread after it has warmed up. */
    public static void assertNoAllocation(Runnable body) {
        assertNoAllocation(WARM_UP_RUNS, COUNTED_RUNS, body);
    }

    /** Variant of {@link #assertNoAllocation(Runnable)} for bodies that are too slow for tens of thousands of runs. */
    public static void assertNoAllocation(int warmUpRuns, int countedRuns, Runnable body) {
        for (int i = 0; i < warmUpRuns; i++) {
            body.run();
        }
        long bytes = bytesAllocatedBy(countedRuns, body);
        int rounds = 1;
        for (long endNanos = System.nanoTime() + TIMEOUT.toNanos();
                bytes > 0 && System.nanoTime() < endNanos;
                rounds++) {
            bytes = bytesAllocatedBy(countedRuns, body);
        }
        assertThat(bytes)
                .as("heap bytes allocated by %d runs, the last of %d rounds", countedRuns, rounds)
                .isZero();
    }

    /** Returns the heap bytes that the given number of runs allocates on this thread. */
    public static long bytesAllocatedBy(int runs, Runnable body) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < runs; i++) {
            body.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
