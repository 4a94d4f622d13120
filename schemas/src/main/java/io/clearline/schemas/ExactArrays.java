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
package io.clearline.schemas;

/**
 * Reuses byte arrays, one per length, for APIs that require an array of the exact length and copy it before they
 * return. Not thread-safe.
 */
public final class ExactArrays {
    /** Covers frames of 20 ms at 48 kHz in 16 bits. Longer records are rare and get a new array each time. */
    private static final int MAX_LENGTH = 4096;

    private final byte[][] arrays = new byte[MAX_LENGTH + 1][];

    /**
     * Returns an array of exactly this length with undefined content. The next call with the same length returns the
     * same array, unless it is longer than the longest reused one.
     */
    public byte[] ofLength(int length) {
        if (length > MAX_LENGTH) {
            return new byte[length];
        }
        byte[] known = arrays[length];
        if (known == null) {
            known = new byte[length];
            arrays[length] = known;
        }
        return known;
    }
}
