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
package io.clearline.console.web;

import io.clearline.console.board.AudioBlock;
import io.clearline.console.board.PairedFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The binary encoding of an {@link AudioBlock} for the page, in little-endian order. Stateless.
 *
 * <pre>
 *   header  epoch (int32), sample rate (int32), number of frames (int32), number of complete frames so far (int32)
 *   frame   sequence (float64), capture time in microseconds (float64), number of samples (int32), flags (int32),
 *           samples before (int16 each), samples after (int16 each), padding to a multiple of eight bytes
 * </pre>
 *
 * The flags are those of {@link PairedFrame}, plus {@value #HAS_BEFORE} and {@value #HAS_AFTER} for the sides that are
 * present. A missing side is encoded as silence. Numbers are float64 where the page needs more than 32 bits, because
 * JavaScript reads them without conversion.
 */
final class AudioWire {
    static final int HAS_BEFORE = 16;
    static final int HAS_AFTER = 32;

    private static final int HEADER_BYTES = 16;
    private static final int FRAME_BYTES = 24;
    private static final int ALIGNMENT = 8;

    private AudioWire() {}

    /** Encodes a block. */
    static byte[] encode(AudioBlock block) {
        int size = HEADER_BYTES;
        for (PairedFrame frame : block.frames()) {
            size += FRAME_BYTES + padded(4 * frame.samples());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(block.epoch()).putInt(block.sampleRateHz());
        bytes.putInt(block.frames().size()).putInt((int) block.completed());
        for (PairedFrame frame : block.frames()) {
            int start = bytes.position();
            put(bytes, frame);
            bytes.position(start + FRAME_BYTES + padded(4 * frame.samples()));
        }
        return bytes.array();
    }

    private static void put(ByteBuffer bytes, PairedFrame frame) {
        // Both are below 2^53, so a double represents them exactly.
        bytes.putDouble(frame.sequence()).putDouble(frame.captureTimeMicros());
        bytes.putInt(frame.samples());
        bytes.putInt(
                frame.flags() | (frame.before() == null ? 0 : HAS_BEFORE) | (frame.after() == null ? 0 : HAS_AFTER));
        put(bytes, frame.before(), frame.samples());
        put(bytes, frame.after(), frame.samples());
    }

    /** Writes {@code length} samples, with silence in place of missing ones. */
    static void put(ByteBuffer bytes, short[] samples, int length) {
        int present = samples == null ? 0 : Math.min(samples.length, length);
        for (int i = 0; i < present; i++) {
            bytes.putShort(samples[i]);
        }
        for (int i = present; i < length; i++) {
            bytes.putShort((short) 0);
        }
    }

    private static int padded(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
