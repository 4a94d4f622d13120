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
package io.clearline.console.board;

import java.util.Arrays;

/**
 * A summary of the last minute of a stream, with one cell per second: its peak level, and whether it was enhanced,
 * bypassed or concealed. Takes 120 bytes per stream, at any rate of frames. Thread-confined.
 */
final class MinuteStrip {
    static final int SECONDS = 60;

    static final int ENHANCED = 1;
    static final int DRY = 2;
    static final int CONCEALED = 4;

    private static final float FLOOR_DB = -60;
    private static final int LEVELS = 16;

    private final byte[] levels = new byte[SECONDS];
    private final byte[] marks = new byte[SECONDS];
    private long newestSecond;

    /** Records the level of an incoming frame. A cell keeps the highest level of its second. */
    void level(long second, float levelDb) {
        int cell = cell(second);
        if (cell >= 0) {
            levels[cell] = (byte) Math.max(levels[cell], step(levelDb));
        }
    }

    /** Records the treatment of an enhanced frame, as a set of the bits above. */
    void mark(long second, int mark) {
        int cell = cell(second);
        if (cell >= 0) {
            marks[cell] |= (byte) mark;
        }
    }

    /**
     * Returns the index of the cell of a second, after clearing the cells up to it; -1 when it is over a minute old.
     */
    private int cell(long second) {
        if (second <= newestSecond - SECONDS) {
            return -1;
        }
        if (second > newestSecond) {
            clearTo(second);
        }
        return (int) Math.floorMod(second, (long) SECONDS);
    }

    private void clearTo(long second) {
        long from = Math.max(newestSecond + 1, second - SECONDS + 1);
        for (long each = from; each <= second; each++) {
            int cell = (int) Math.floorMod(each, (long) SECONDS);
            levels[cell] = 0;
            marks[cell] = 0;
        }
        newestSecond = second;
    }

    /** Quantises a level between the floor and full scale. */
    private static int step(float levelDb) {
        return Math.round(Math.max(0, Math.min(1, 1 - levelDb / FLOOR_DB)) * (LEVELS - 1));
    }

    /** Returns the levels as sixty hexadecimal digits, oldest first: 0 is silence, f is full scale. */
    String levels(long nowSecond) {
        return text(nowSecond, cell -> Character.forDigit(levels[cell], LEVELS));
    }

    /**
     * Returns the treatments as sixty letters, oldest first: e(nhanced), d(ry), c(oncealed), or a dot for no output.
     */
    String marks(long nowSecond) {
        return text(nowSecond, cell -> letter(marks[cell]));
    }

    private static char letter(int mark) {
        if ((mark & CONCEALED) != 0) {
            return 'c';
        }
        return (mark & DRY) != 0 ? 'd' : (mark & ENHANCED) != 0 ? 'e' : '.';
    }

    private interface Cell {
        char at(int cell);
    }

    private String text(long nowSecond, Cell cell) {
        char[] text = new char[SECONDS];
        Arrays.fill(text, '.');
        for (int i = 0; i < SECONDS; i++) {
            long second = nowSecond - SECONDS + 1 + i;
            if (second <= newestSecond && second > newestSecond - SECONDS) {
                text[i] = cell.at((int) Math.floorMod(second, (long) SECONDS));
            }
        }
        return new String(text);
    }
}
