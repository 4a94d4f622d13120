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
package io.clearline.kafka.verify;

import java.util.Arrays;

/**
 * The frames of one session by sequence, in primitive arrays: 25 bytes per frame, so that hours of many streams fit in
 * memory. A row is the distance to the lowest sequence. Not thread-safe.
 */
final class FrameTable {
    /** The largest distance between sequences of one session: 15 days of frames of 20 ms. */
    private static final long MAX_SPAN = 1L << 26;

    /** The largest gap in one session: almost six hours of frames of 20 ms. */
    private static final long MAX_GAP = 1L << 20;

    private static final int INITIAL_CAPACITY = 64;

    private long first;
    private int size;
    /** Samples + 1 of the input frame; 0 if there is none. */
    private int[] samplesIn = new int[INITIAL_CAPACITY];
    /** Samples + 1 of the output frame; 0 if there is none. */
    private int[] samplesOut = new int[INITIAL_CAPACITY];
    /** The first 8 bytes of the SHA-256 of the output record. */
    private long[] hashes = new long[INITIAL_CAPACITY];

    private long[] captureTimesMicros = new long[INITIAL_CAPACITY];

    private boolean[] concealed = new boolean[INITIAL_CAPACITY];

    /**
     * Returns the row of a sequence and creates it if necessary. A sequence below the lowest one shifts all rows.
     *
     * @throws IllegalArgumentException if the sequence is too far from the others
     */
    int row(long sequence) {
        if (size == 0) {
            first = sequence;
        }
        long from = Math.min(first, sequence);
        long span = Math.max(first + size, sequence + 1) - from;
        if (span <= 0 || span > MAX_SPAN) {
            throw new IllegalArgumentException("sequence " + sequence + " and sequence " + first
                    + " do not belong to one session: they are more than " + MAX_SPAN + " frames apart");
        }
        reserve((int) span);
        if (from < first) {
            shift((int) (first - from));
            first = from;
        }
        size = (int) span;
        return (int) (sequence - first);
    }

    /** Returns whether a sequence is near enough to the others to belong to this session. */
    boolean reaches(long sequence) {
        long span = Math.max(first + size, sequence + 1) - Math.min(first, sequence);
        return size == 0 || span > 0 && span <= MAX_SPAN && span - size <= MAX_GAP;
    }

    /** Returns the row of a sequence, or -1 if it does not exist. */
    int find(long sequence) {
        return size > 0 && sequence >= first && sequence < first + size ? (int) (sequence - first) : -1;
    }

    private void reserve(int rows) {
        if (rows > samplesIn.length) {
            int capacity = Math.max(rows, 2 * samplesIn.length);
            samplesIn = Arrays.copyOf(samplesIn, capacity);
            samplesOut = Arrays.copyOf(samplesOut, capacity);
            hashes = Arrays.copyOf(hashes, capacity);
            captureTimesMicros = Arrays.copyOf(captureTimesMicros, capacity);
            concealed = Arrays.copyOf(concealed, capacity);
        }
    }

    private void shift(int rows) {
        System.arraycopy(samplesIn, 0, samplesIn, rows, size);
        System.arraycopy(samplesOut, 0, samplesOut, rows, size);
        System.arraycopy(hashes, 0, hashes, rows, size);
        System.arraycopy(captureTimesMicros, 0, captureTimesMicros, rows, size);
        System.arraycopy(concealed, 0, concealed, rows, size);
        Arrays.fill(samplesIn, 0, rows, 0);
        Arrays.fill(samplesOut, 0, rows, 0);
        Arrays.fill(hashes, 0, rows, 0);
        Arrays.fill(concealed, 0, rows, false);
    }

    int rows() {
        return size;
    }

    long sequence(int row) {
        return first + row;
    }

    boolean wentIn(int row) {
        return samplesIn[row] > 0;
    }

    boolean cameOut(int row) {
        return samplesOut[row] > 0;
    }

    int samplesIn(int row) {
        return samplesIn[row] - 1;
    }

    int samplesOut(int row) {
        return samplesOut[row] - 1;
    }

    boolean concealed(int row) {
        return concealed[row];
    }

    long captureTimeMicros(int row) {
        return captureTimesMicros[row];
    }

    void setCaptureTimeMicros(int row, long micros) {
        captureTimesMicros[row] = micros;
    }

    long hash(int row) {
        return hashes[row];
    }

    void setIn(int row, int samples) {
        samplesIn[row] = samples + 1;
    }

    void setOut(int row, int samples, boolean concealment, long hash) {
        samplesOut[row] = samples + 1;
        concealed[row] = concealment;
        hashes[row] = hash;
    }
}
