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
 * Arrays that are used again, one of each length: for whoever must give an array of an exact length to somebody who has
 * copied it when the call returns. Not thread-safe.
 */
public final class ExactArrays {
    /** Frames of 20 ms at 48 kHz in 16 bits fit; what is longer is rare, and gets an array of its own. */
    private static final int MAX_LENGTH = 4096;

    private final byte[][] arrays = new byte[MAX_LENGTH + 1][];

    /** An array of this length, with any content; the next call with the same length gives it again. */
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
