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
 * Continues a counter that wraps: each value is taken to be within half the range of the one before. Thread-confined.
 */
final class Unwrapper {
    private final int bits;
    private boolean started;
    private long last;

    /** @param bits of the counter, up to 32 */
    Unwrapper(int bits) {
        this.bits = bits;
    }

    /** The value without wraps; it becomes the one before. */
    long unwrap(int value) {
        int shift = 64 - bits;
        long low = (long) value << shift >>> shift;
        // The sign of the difference within the counter's bits tells forward from back.
        last = started ? last + ((low - last) << shift >> shift) : low;
        started = true;
        return last;
    }

    /** Begins anew. */
    void reset() {
        started = false;
    }
}
