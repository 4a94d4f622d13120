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
package io.clearline.job.stream;

import io.clearline.dsp.HotPath;
import io.clearline.schemas.AudioEncoding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The frames in the signal path, oldest first: those that went in and whose samples have not all come out. Keeps
 * identity, timing and length of each, so that the output has one frame for each of the input.
 *
 * <p>A ring buffer whose capacity is a power of two. It grows when a stream needs more and then allocates nothing. Not
 * thread-safe.
 */
final class PendingFrames {
    private static final int VERSION = 2;

    /** Flag of a frame that replaces a missing one. Values of flags are stored and must not change. */
    private static final int CONCEALED = 1;

    /** Flag of the last frame of a stream. */
    private static final int LAST = 2;
    /** Flag of a frame that contains a dry sample. */
    private static final int BYPASSED = 4;
    /** Flag of a frame that was emitted early, because no frame followed it in time. */
    private static final int EMITTED = 8;

    private long[] sequences = new long[8];
    private long[] captureTimesMicros = new long[8];
    private int[] samples = new int[8];
    private AudioEncoding[] encodings = new AudioEncoding[8];
    private byte[] flags = new byte[8];
    private int head;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Appends a frame. */
    @HotPath
    void add(
            long sequence,
            long captureTimeMicros,
            int frameSamples,
            AudioEncoding encoding,
            boolean concealed,
            boolean lastOfStream) {
        if (size == sequences.length) {
            grow();
        }
        int slot = (head + size) & (sequences.length - 1);
        sequences[slot] = sequence;
        captureTimesMicros[slot] = captureTimeMicros;
        samples[slot] = frameSamples;
        encodings[slot] = encoding;
        flags[slot] = (byte) ((concealed ? CONCEALED : 0) | (lastOfStream ? LAST : 0));
        size++;
    }

    long headSequence() {
        return sequences[head];
    }

    long headCaptureTimeMicros() {
        return captureTimesMicros[head];
    }

    int headSamples() {
        return samples[head];
    }

    AudioEncoding headEncoding() {
        return encodings[head];
    }

    boolean headConcealed() {
        return (flags[head] & CONCEALED) != 0;
    }

    boolean headLastOfStream() {
        return (flags[head] & LAST) != 0;
    }

    boolean headBypassed() {
        return (flags[head] & BYPASSED) != 0;
    }

    boolean headEmitted() {
        return (flags[head] & EMITTED) != 0;
    }

    /** Returns whether some frame has not been emitted early. */
    boolean hasFramesToEmit() {
        // Frames are emitted in order, so it suffices to look at the newest.
        return size > 0 && (flags[(head + size - 1) & (sequences.length - 1)] & EMITTED) == 0;
    }

    /** Marks all frames as emitted. They remain here only to take their samples out of the signal path. */
    void markEmitted() {
        for (int i = 0; i < size; i++) {
            flags[(head + i) & (sequences.length - 1)] |= EMITTED;
        }
    }

    /**
     * Marks the frames that a dry hop reaches.
     *
     * @param fromSample first sample of the hop, counted from the first sample of the head frame; may be negative
     * @param hopSamples number of samples that the hop reaches
     */
    @HotPath
    void markBypassed(int fromSample, int hopSamples) {
        int start = 0;
        for (int i = 0; i < size && start < fromSample + hopSamples; i++) {
            int slot = (head + i) & (sequences.length - 1);
            start += samples[slot];
            if (start > fromSample) {
                flags[slot] |= BYPASSED;
            }
        }
    }

    /** Removes the oldest frame. */
    @HotPath
    void removeHead() {
        head = (head + 1) & (sequences.length - 1);
        size--;
    }

    private void grow() {
        int length = sequences.length;
        sequences = unrolled(sequences, Arrays.copyOf(sequences, 2 * length));
        captureTimesMicros = unrolled(captureTimesMicros, Arrays.copyOf(captureTimesMicros, 2 * length));
        samples = unrolled(samples, Arrays.copyOf(samples, 2 * length));
        encodings = unrolled(encodings, Arrays.copyOf(encodings, 2 * length));
        flags = unrolled(flags, Arrays.copyOf(flags, 2 * length));
        head = 0;
    }

    /** Copies the full ring {@code source} to {@code target}, its head to index 0. */
    private <A> A unrolled(A source, A target) {
        int length = size - head;
        System.arraycopy(source, head, target, 0, length);
        System.arraycopy(source, 0, target, length, head);
        return target;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            int slot = (head + i) & (sequences.length - 1);
            out.writeLong(sequences[slot]);
            out.writeLong(captureTimesMicros[slot]);
            out.writeInt(samples[slot]);
            out.writeByte(EncodingCodes.codeOf(encodings[slot]));
            out.writeByte(flags[slot]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        Versions.read(in, "pending frames", VERSION);
        readFrames(in);
    }

    /** Reads version 1 of the pending frames, which had no version number in state version 1. */
    void readFromStateVersion1(DataInput in) throws IOException {
        readFrames(in);
    }

    private void readFrames(DataInput in) throws IOException {
        head = 0;
        size = 0;
        int stored = in.readInt();
        for (int i = 0; i < stored; i++) {
            add(in.readLong(), in.readLong(), in.readInt(), EncodingCodes.encodingOf(in.readByte()), false, false);
            flags[i] = in.readByte();
        }
    }
}
