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
package io.clearline.gateway.rtp;

/**
 * Extends a counter that wraps to 64 bits. Each value is assumed to be within half the range of the previous one.
 * Thread-confined.
 */
final class Unwrapper {
    private final int bits;
    private boolean started;
    private long last;

    /**
     * Makes an unwrapper that starts with the first value.
     *
     * @param bits width of the counter, at most 32
     */
    Unwrapper(int bits) {
        this.bits = bits;
    }

    /** Returns the extended value, to which the next one is compared. */
    long unwrap(int value) {
        int shift = 64 - bits;
        long low = (long) value << shift >>> shift;
        // The difference, sign-extended from the counter's width, is negative if the value goes back.
        last = started ? last + ((low - last) << shift >> shift) : low;
        started = true;
        return last;
    }

    /** Forgets the previous value. */
    void reset() {
        started = false;
    }
}
