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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Creates AIFF, AU and Wave64 files with the sound of {@link Wav}, and loads the FLAC files of the test resources. */
final class OtherFiles {
    private static final String W64_TAIL = "f3acd3118cd100c04f8edb8a";

    private OtherFiles() {}

    /** Converts samples to the other byte order, and single bytes to signed ones, as in AIFF and AU. */
    private static byte[] bigEndian(Wav wav) {
        byte[] data = wav.data();
        int width = wav.containerBytes;
        byte[] turned = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            turned[i] = data[i / width * width + width - 1 - i % width];
            if (width == 1 && wav.tag == Wav.PCM) {
                turned[i] ^= (byte) 0x80;
            }
        }
        return turned;
    }

    static byte[] aiff(Wav wav, String compression, boolean soundFirst) {
        boolean little = "sowt".equals(compression);
        byte[] data = little ? wav.data() : bigEndian(wav);
        ByteBuffer common = ByteBuffer.allocate(compression == null ? 18 : 24);
        common.putShort((short) wav.channels)
                .putInt(wav.frames)
                .putShort((short) wav.bits)
                .putShort((short) (16383 + 63 - Long.numberOfLeadingZeros(wav.rateHz)))
                .putLong(wav.rateHz << Long.numberOfLeadingZeros(wav.rateHz));
        if (compression != null) {
            common.put(compression.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] comm = Wav.chunk("COMM", common.array(), common.capacity(), true, ByteOrder.BIG_ENDIAN);
        byte[] sound = new byte[8 + data.length];
        System.arraycopy(data, 0, sound, 8, data.length);
        byte[] ssnd = Wav.chunk("SSND", sound, sound.length, true, ByteOrder.BIG_ENDIAN);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes((compression == null ? "AIFF" : "AIFC").getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(soundFirst ? ssnd : comm);
        body.writeBytes(soundFirst ? comm : ssnd);
        return Wav.chunk("FORM", body.toByteArray(), body.size(), false, ByteOrder.BIG_ENDIAN);
    }

    static byte[] au(Wav wav, int encoding, boolean lengthKnown) {
        byte[] data = bigEndian(wav);
        ByteBuffer file = ByteBuffer.allocate(28 + data.length);
        file.put(".snd".getBytes(StandardCharsets.US_ASCII))
                .putInt(28)
                .putInt(lengthKnown ? data.length : -1)
                .putInt(encoding)
                .putInt((int) wav.rateHz)
                .putInt(wav.channels)
                .putInt(0);
        return file.put(data).array();
    }

    /** Creates a Wave64 file with another chunk before the sound. */
    static byte[] wave64(Wav wav) {
        byte[] data = wav.data();
        byte[] plain = wav.bytes();
        ByteBuffer file = ByteBuffer.allocate(40 + 40 + 32 + 24 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(HexFormat.of().parseHex("726966662e91cf11a5d628db04c10000")).putLong(file.capacity());
        file.put(guid("wave"));
        file.put(guid("junk")).putLong(24 + 5).position(file.position() + 8);
        file.put(guid("fmt ")).putLong(24 + 16).put(plain, 20, 16);
        return file.put(guid("data")).putLong(24 + data.length).put(data).array();
    }

    private static byte[] guid(String name) {
        return HexFormat.of().parseHex(HexFormat.of().formatHex(name.getBytes(StandardCharsets.US_ASCII)) + W64_TAIL);
    }

    /** Loads a file that the reference encoder {@code flac} 1.4.2 created from {@link #flacSound}. */
    static byte[] flac(String name) {
        try (InputStream in = OtherFiles.class.getResourceAsStream(name + ".flac")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the sound of the FLAC files with the given number of bits: noise, then a ramp that is easy to predict.
     */
    static float[] flacSound(int bits, int channels) {
        float[] sound = new float[1500 * channels];
        for (int i = 0; i < sound.length; i++) {
            long n = i / channels;
            long c = i % channels;
            long value = n < 1000
                    ? (n * 7919 + c * 104729 + n * n % 65537 * 31) % (1L << bits)
                    : n * 37 * (c + 1) % (1L << (bits - 1)) + (1L << (bits - 2));
            sound[i] = (float) ((value - (1L << (bits - 1))) / Math.pow(2, bits - 1));
        }
        return sound;
    }
}
