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
package io.clearline.inference.kernel;

import io.clearline.dsp.HotPath;

/** Transposes between contiguous columns and contiguous rows. Works in blocks that stay in the cache. Stateless. */
final class Lanes {

    private static final int BLOCK_ROWS = 16;

    private Lanes() {}

    /** Transposes {@code columns [count x rows]}, which start at {@code at}, to {@code transposed [rows x width]}. */
    @HotPath
    static void gather(float[] columns, int at, int rows, float[] transposed, int width, int count) {
        for (int start = 0; start < rows; start += BLOCK_ROWS) {
            int end = Math.min(rows, start + BLOCK_ROWS);
            for (int column = 0; column < count; column++) {
                int from = at + column * rows;
                for (int row = start; row < end; row++) {
                    transposed[row * width + column] = columns[from + row];
                }
            }
        }
    }

    /** Transposes {@code transposed [rows x width]} to {@code columns [count x rows]}, which start at {@code at}. */
    @HotPath
    static void scatter(float[] transposed, int width, float[] columns, int at, int rows, int count) {
        for (int start = 0; start < rows; start += BLOCK_ROWS) {
            int end = Math.min(rows, start + BLOCK_ROWS);
            for (int column = 0; column < count; column++) {
                int to = at + column * rows;
                for (int row = start; row < end; row++) {
                    columns[to + row] = transposed[row * width + column];
                }
            }
        }
    }
}
