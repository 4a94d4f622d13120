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

/** Counts the heap bytes that the current thread allocates: the check behind "no garbage where the arithmetic is". */
public final class Allocation {

    /** Long enough for the JIT to compile the body, so that escape analysis has had its chance. */
    private static final int WARM_UP_RUNS = 20_000;

    private static final int COUNTED_RUNS = 1_000;

    /**
     * How long a body may take to reach a round without garbage: on a busy machine the JIT compiler compiles late, and
     * until then the vectors of a kernel are objects. Garbage of every call shows in every round, however many there
     * are.
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
