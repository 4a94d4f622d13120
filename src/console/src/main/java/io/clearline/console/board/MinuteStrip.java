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
 * The last minute of a stream, a cell a second: how loud it was and how it was treated. 120 bytes, whatever comes. Not
 * thread-safe.
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

    /** Notes the level of a frame that came in. */
    void level(long second, float levelDb) {
        int cell = cell(second);
        if (cell >= 0) {
            levels[cell] = (byte) Math.max(levels[cell], step(levelDb));
        }
    }

    /** Notes how a frame was treated. */
    void mark(long second, int mark) {
        int cell = cell(second);
        if (cell >= 0) {
            marks[cell] |= (byte) mark;
        }
    }

    /** Opens the cells up to a second; -1 for one that is over a minute old. */
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

    private static int step(float levelDb) {
        return Math.round(Math.max(0, Math.min(1, 1 - levelDb / FLOOR_DB)) * (LEVELS - 1));
    }

    /** Sixty hexadecimal digits, the oldest second first: 0 is silence, f is full scale. */
    String levels(long nowSecond) {
        return text(nowSecond, cell -> Character.forDigit(levels[cell], LEVELS));
    }

    /** Sixty letters, the oldest second first: e(nhanced), d(ry), c(oncealed), a dot where nothing came out. */
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
