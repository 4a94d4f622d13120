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
package io.clearline.dsp.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Creates valid and invalid WAV files of all kinds with a known sound. */
final class Wav {
    static final int PCM = 1;
    static final int FLOAT = 3;
    static final int A_LAW = 6;
    static final int MU_LAW = 7;
    static final int FRAMES = 700;
    private static final byte[] GUID_TAIL = HexFormat.of().parseHex("000000001000800000aa00389b71");

    String form = "RIFF";
    int tag = PCM;
    int channels = 1;
    long rateHz = 16_000;
    int bits = 16;
    int containerBytes = 2;
    int blockAlign = -1;
    /** Length of the extensible format chunk; 0 for the plain one. */
    int extensibleBytes;

    int frames = FRAMES;
    long statedDataBytes = -1;
    long statedRiffBytes = -1;
    boolean dataFirst;
    byte[] before = new byte[0];
    byte[] behind = new byte[0];
    boolean padded = true;
    float[] floats;

    static Wav pcm(int bits, int containerBytes, int channels) {
        Wav wav = new Wav();
        wav.bits = bits;
        wav.containerBytes = containerBytes;
        wav.channels = channels;
        return wav;
    }

    static Wav of(int tag, int bits) {
        Wav wav = pcm(bits, bits / 8, 1);
        wav.tag = tag;
        return wav;
    }

    /**
     * Returns a sample as an integer of {@link #bits} bits. Every bit changes, so that a wrong shift or sign is
     * detected.
     */
    static long value(int frame, int channel, int bits) {
        long mixed = (frame + 1) * 0x9e3779b97f4a7c15L + channel * 0xbf58476d1ce4e5b9L;
        mixed ^= mixed >>> 29;
        return mixed << (64 - bits) >> (64 - bits);
    }

    private ByteOrder order() {
        return form.equals("RIFX") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    byte[] data() {
        ByteBuffer out = ByteBuffer.allocate(frames * channels * containerBytes).order(order());
        for (int i = 0; i < frames; i++) {
            for (int c = 0; c < channels; c++) {
                put(out, i, c);
            }
        }
        return out.array();
    }

    private void put(ByteBuffer out, int frame, int channel) {
        if (tag == FLOAT) {
            float sample = floats == null ? value(frame, channel, 24) / 8388608f : floats[frame * channels + channel];
            if (bits == 32) {
                out.putFloat(sample);
            } else {
                out.putDouble(sample);
            }
        } else if (tag != PCM) {
            out.put((byte) value(frame, channel, 8));
        } else {
            long shifted = value(frame, channel, bits) << (8 * containerBytes - bits);
            for (int b = 0; b < containerBytes; b++) {
                int place = order() == ByteOrder.BIG_ENDIAN ? containerBytes - 1 - b : b;
                byte value = (byte) (shifted >> 8 * place);
                out.put(containerBytes == 1 ? (byte) (value ^ 0x80) : value);
            }
        }
    }

    /** Returns the interleaved sound as floats, computed in another way than the reader does. */
    float[] sound() {
        float[] sound = new float[frames * channels];
        byte[] coded = data();
        for (int i = 0; i < sound.length; i++) {
            int frame = i / channels;
            int channel = i % channels;
            if (tag == FLOAT) {
                sound[i] = floats == null ? value(frame, channel, 24) / 8388608f : floats[i];
            } else if (tag == PCM) {
                sound[i] = (float) (value(frame, channel, bits) / Math.pow(2, bits - 1));
            } else if (tag == A_LAW) {
                io.clearline.dsp.G711.decodeALaw(coded, i, sound, i, 1);
            } else {
                io.clearline.dsp.G711.decodeMuLaw(coded, i, sound, i, 1);
            }
        }
        return sound;
    }

    byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WAVE".getBytes(StandardCharsets.US_ASCII));
        byte[] data = data();
        boolean large = form.equals("RF64") || form.equals("BW64");
        if (large) {
            ByteBuffer sizes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
            sizes.putLong(data.length + 72L).putLong(data.length).putLong(frames);
            body.writeBytes(chunk("ds64", sizes.array()));
        }
        body.writeBytes(before);
        long stated = statedDataBytes >= 0 ? statedDataBytes : large ? 0xffffffffL : data.length;
        byte[] sound = chunk("data", data, stated, padded, order());
        if (dataFirst) {
            body.writeBytes(sound);
            body.writeBytes(format());
        } else {
            body.writeBytes(format());
            body.writeBytes(sound);
        }
        body.writeBytes(behind);
        long riff = statedRiffBytes >= 0 ? statedRiffBytes : large ? 0xffffffffL : body.size();
        return chunk(form, body.toByteArray(), riff, false, order());
    }

    private byte[] format() {
        int align = blockAlign >= 0 ? blockAlign : channels * containerBytes;
        int length = extensibleBytes > 0 ? extensibleBytes : 16;
        ByteBuffer chunk = ByteBuffer.allocate(Math.max(40, length)).order(order());
        chunk.putShort((short) (extensibleBytes > 0 ? 0xfffe : tag))
                .putShort((short) channels)
                .putInt((int) rateHz)
                .putInt((int) (rateHz * align))
                .putShort((short) align)
                .putShort((short) (extensibleBytes > 0 ? 8 * containerBytes : bits));
        if (extensibleBytes > 0) {
            chunk.putShort((short) (length - 18)).putShort((short) bits).putInt(0);
            if (order() == ByteOrder.BIG_ENDIAN) {
                chunk.putInt(tag).put(GUID_TAIL, 2, 12);
            } else {
                chunk.putShort((short) tag).put(GUID_TAIL);
            }
        }
        return chunk("fmt ", java.util.Arrays.copyOf(chunk.array(), length), length, true, order());
    }

    static byte[] chunk(String name, byte[] content) {
        return chunk(name, content, content.length, true, ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] chunk(String name, byte[] content, long stated, boolean padded, ByteOrder order) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + content.length + (padded ? content.length % 2 : 0))
                .order(order);
        return chunk.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt((int) stated)
                .put(content)
                .array();
    }
}
