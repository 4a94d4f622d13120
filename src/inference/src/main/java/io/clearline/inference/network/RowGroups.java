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
 * Divides the rows of a frame into the overlapping groups of a {@link LocalNmfParameters local network}. Each group
 * consists of neighbouring rows, and the groups are spread evenly over the frame. Immutable.
 *
 * @param rows number of rows of a frame
 * @param groups G, the number of groups
 * @param width number of rows of a group
 * @param sections number of sections of neighbouring groups, a divisor of {@code groups}. The groups of a section share
 *     their matrices
 */
public record RowGroups(int rows, int groups, int width, int sections) {

    public RowGroups {
        if (groups < 2 || width < 1 || width > rows || (long) groups * width < rows || groups > rows) {
            throw new IllegalArgumentException("expected 2 to " + rows + " groups that together cover " + rows
                    + " rows, found " + groups + " of " + width);
        }
        if (sections < 1 || groups % sections != 0) {
            throw new IllegalArgumentException("expected a number of sections that divides the groups evenly, found "
                    + sections + " for " + groups + " groups");
        }
    }

    /** Returns the number of groups of a section. */
    public int sectionGroups() {
        return groups / sections;
    }

    /** Returns the first row of a group. The first group starts at row 0 and the last one ends with the last row. */
    public int start(int group) {
        // Rounds group * (rows - width) / (groups - 1) to the nearest integer in integer arithmetic, so that the result
        // is the same on every machine.
        int spread = 2 * group * (rows - width) + groups - 1;
        return spread / (2 * (groups - 1));
    }

    /** Returns the first row of each group. */
    public int[] starts() {
        int[] starts = new int[groups];
        for (int group = 0; group < groups; group++) {
            starts[group] = start(group);
        }
        return starts;
    }

    /** Returns, for each row, the reciprocal of the number of groups that contain it. */
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
