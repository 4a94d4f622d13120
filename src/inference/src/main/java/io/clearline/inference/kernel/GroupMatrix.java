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
import io.clearline.inference.network.RowGroups;
import java.util.Arrays;

/** What the groups of a column are multiplied with: one {@link RowMatrix} for each section. Thread-confined. */
final class GroupMatrix {

    private final int groups;
    private final int sectionGroups;
    private final int yStride;
    private final RowMatrix[] sections;

    /** From {@code [sections x inner x outputs]}. */
    GroupMatrix(RowGroups groups, float[] weights, int inner, int outputs, RowMatrix.Factory matrices) {
        this.groups = groups.groups();
        sectionGroups = groups.sectionGroups();
        yStride = matrices.stride(outputs);
        sections = new RowMatrix[groups.sections()];
        int size = inner * outputs;
        for (int i = 0; i < sections.length; i++) {
            sections[i] = matrices.of(Arrays.copyOfRange(weights, i * size, (i + 1) * size), inner, outputs);
        }
    }

    /**
     * {@code y += x W} for the groups of some columns.
     *
     * @param x {@code [columns x groups]}, each group's values from xAt + (its number) * xStride
     * @param y {@code [columns x groups x stride]}
     */
    @HotPath
    void accumulate(float[] x, int xAt, int xStride, float[] y, int columns) {
        if (sections.length == 1) {
            sections[0].accumulate(x, xAt, xStride, y, 0, columns * groups);
            return;
        }
        for (int section = 0; section < sections.length; section++) {
            for (int column = 0; column < columns; column++) {
                int first = column * groups + section * sectionGroups;
                sections[section].accumulate(x, xAt + first * xStride, xStride, y, first * yStride, sectionGroups);
            }
        }
    }
}
