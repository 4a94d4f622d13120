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
package io.clearline.inference.network;

/**
 * How the rows of a frame are seen by a {@link LocalNmfParameters local network}: as overlapping groups of neighbouring
 * rows, evenly spread.
 *
 * @param rows of a frame
 * @param groups G
 * @param width rows of a group
 * @param sections of neighbouring groups, equally many in each; the groups of a section share their matrices
 */
public record RowGroups(int rows, int groups, int width, int sections) {

    public RowGroups {
        if (groups < 2 || width < 1 || width > rows || (long) groups * width < rows || groups > rows) {
            throw new IllegalArgumentException("expected 2 to " + rows + " groups that cover " + rows
                    + " rows between them, found " + groups + " of " + width);
        }
        if (sections < 1 || groups % sections != 0) {
            throw new IllegalArgumentException(
                    "expected sections of equally many groups, found " + sections + " for " + groups + " groups");
        }
    }

    /** Groups of a section. */
    public int sectionGroups() {
        return groups / sections;
    }

    /** The first row of a group; the first group begins at row 0, the last one ends with the last row. */
    public int start(int group) {
        // Rounded to the nearest in whole numbers: the same on every machine.
        int spread = 2 * group * (rows - width) + groups - 1;
        return spread / (2 * (groups - 1));
    }

    /** The first row of each group. */
    public int[] starts() {
        int[] starts = new int[groups];
        for (int group = 0; group < groups; group++) {
            starts[group] = start(group);
        }
        return starts;
    }

    /** By row: one over the number of groups that see it. */
    public float[] shares() {
        int[] counts = new int[rows];
        for (int start : starts()) {
            for (int i = 0; i < width; i++) {
                counts[start + i]++;
            }
        }
        float[] shares = new float[rows];
        for (int row = 0; row < rows; row++) {
            shares[row] = 1f / counts[row];
        }
        return shares;
    }
}
