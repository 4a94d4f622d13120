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
package io.clearline.fuzzing;

import io.clearline.testkit.Allocation;

/** What no input may do, whatever it says. */
public final class Limits {
    /** Exceptions with their stack traces, class loading, and what the fuzzer itself takes. */
    private static final long SMALL_BYTES = 32L << 20;

    private Limits() {}

    /** Runs the body and fails when it takes more memory than a small fixed amount and 256 times the input. */
    public static void assertMemoryInProportion(int inputBytes, Runnable body) {
        assertMemory(SMALL_BYTES + 256L * inputBytes, body);
    }

    /**
     * Runs the body and fails when it takes more than so many bytes. What took too much runs once more and only that
     * counts: the fuzzer instruments each class on the thread that first needs it, which takes more memory than any
     * input.
     */
    public static void assertMemory(long limitBytes, Runnable body) {
        long bytes = Allocation.bytesAllocatedBy(1, body);
        if (bytes > limitBytes) {
            bytes = Allocation.bytesAllocatedBy(1, body);
        }
        if (bytes > limitBytes) {
            throw new AssertionError("took " + bytes + " bytes of memory, at most " + limitBytes + " were expected");
        }
    }

    /** Fails when a sample is not a number from -1 to 1. */
    public static void assertWithinFullScale(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!(Math.abs(samples[i]) <= 1)) {
                throw new AssertionError("sample " + i + " is " + samples[i]);
            }
        }
    }
}
