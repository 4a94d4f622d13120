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

/** What is known of the frames of one session, by sequence: 25 bytes a frame. Not thread-safe. */
final class FrameTable {
    /** Sequences further apart are no stream but damage: 15 days of frames of 20 ms. */
    private static final long MAX_SPAN = 1L << 26;

    /** A frame further away than this is not of the same session: six hours of frames of 20 ms. */
    private static final long MAX_HOLE = 1L << 20;

    private static final int START = 64;

    private long first;
    private int size;
    /** Samples + 1 of the frame that went in; 0: none did. */
    private int[] samplesIn = new int[START];
    /** Samples + 1 of the frame that came out; 0: none did. */
    private int[] samplesOut = new int[START];
    /** First 8 bytes of the SHA-256 of the record that came out. */
    private long[] hashes = new long[START];

    private long[] captureTimesMicros = new long[START];

    private boolean[] concealed = new boolean[START];

    /**
     * The row of a sequence, made where there is none; rows move when an earlier sequence comes.
     *
     * @throws IllegalArgumentException when the sequence lies too far from the others
     */
    int row(long sequence) {
        if (size == 0) {
            first = sequence;
        }
        long from = Math.min(first, sequence);
        long span = Math.max(first + size, sequence + 1) - from;
        if (span <= 0 || span > MAX_SPAN) {
            throw new IllegalArgumentException("sequence " + sequence + " and sequence " + first
                    + " are not of one stream; " + MAX_SPAN + " frames apart is the limit");
        }
        reserve((int) span);
        if (from < first) {
            shift((int) (first - from));
            first = from;
        }
        size = (int) span;
        return (int) (sequence - first);
    }

    /** Whether a sequence lies near enough to be of this session. */
    boolean reaches(long sequence) {
        long span = Math.max(first + size, sequence + 1) - Math.min(first, sequence);
        return size == 0 || span > 0 && span <= MAX_SPAN && span - size <= MAX_HOLE;
    }

    /** The row of a sequence, or -1 when it was never made. */
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
