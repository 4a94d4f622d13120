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
package io.clearline.dsp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * WAV and FLAC files. Cold: reads whole files. Stateless.
 *
 * <p>WAV is read by {@code javax.sound}: PCM of 8, 16, 24 and 32 bit, 32-bit float, mu-law and A-law, plain or
 * extensible headers (of the two laws plain ones only), unknown chunks skipped, an unknown length read to the end. FLAC
 * is read by jflac. A file that breaks off is an error.
 */
public final class AudioFiles {
    /** The length that a program writes to a pipe, where it can't go back to fill in the true one. */
    private static final long UNKNOWN_BYTES = 0xffffffffL;

    private AudioFiles() {}

    /**
     * Reads a WAV or FLAC file; several channels become their mean.
     *
     * @throws IOException when the file is neither, or broken; the message names it
     */
    public static AudioClip read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file));
    }

    /**
     * As {@link #read(Path)}, of a file that is in memory already.
     *
     * @param file its name, for messages
     */
    public static AudioClip read(String file, byte[] bytes) throws IOException {
        try {
            AudioClip clip = FlacFile.isOne(bytes) ? FlacFile.read(bytes) : readWav(bytes);
            requirePlayable(clip);
            return clip;
        } catch (UnsupportedAudioFileException e) {
            throw new IOException(
                    file + " is neither WAV nor FLAC, or a WAV of an encoding other than PCM, float, mu-law and A-law;"
                            + " convert it first, for example: ffmpeg -i IN OUT.wav",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Damage can pass for a rate, and floats need not be numbers. */
    private static void requirePlayable(AudioClip clip) throws IOException {
        if (clip.sampleRateHz() < 1) {
            throw new IOException("it states a sample rate of " + clip.sampleRateHz() + " Hz");
        }
        for (int i = 0; i < clip.samples().length; i++) {
            if (!Float.isFinite(clip.samples()[i])) {
                throw new IOException("its sample " + i + " is " + clip.samples()[i] + ", which is no sound");
            }
        }
    }

    /** Writes 16-bit mono WAV. */
    public static void writeWav(Path file, AudioClip clip) throws IOException {
        byte[] bytes = new byte[2 * clip.samples().length];
        Pcm16.encode(clip.samples(), 0, bytes, 0, clip.samples().length);
        AudioFormat format = new AudioFormat(clip.sampleRateHz(), 16, 1, true, false);
        try (AudioInputStream in =
                new AudioInputStream(new ByteArrayInputStream(bytes), format, clip.samples().length)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }

    private static AudioClip readWav(byte[] bytes) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
            AudioFormat format = in.getFormat();
            requireShape(format.getChannels(), format.getSampleSizeInBits());
            byte[] data = readAll(in, bytes.length);
            long promised = in.getFrameLength() * format.getFrameSize();
            boolean known = promised <= UNKNOWN_BYTES - format.getFrameSize();
            if (known && data.length < promised) {
                throw new IOException(
                        "it breaks off: " + promised + " bytes of audio promised, " + data.length + " found");
            }
            return new AudioClip(mixDown(decode(data, format), format.getChannels()), (int) format.getSampleRate());
        }
    }

    /** Not {@code readAllBytes}: behind the last whole frame the stream gives no bytes and no end, for ever. */
    private static byte[] readAll(AudioInputStream in, int mostBytes) throws IOException {
        byte[] data = new byte[mostBytes];
        int length = 0;
        int read = in.read(data);
        while (read > 0) {
            length += read;
            read = in.read(data, length, data.length - length);
        }
        return Arrays.copyOf(data, length);
    }

    static void requireShape(int channels, int bitsPerSample) throws IOException {
        if (channels < 1 || bitsPerSample < 8 || bitsPerSample > 32) {
            throw new IOException("it states " + channels + " channels of " + bitsPerSample + " bits a sample");
        }
    }

    private static float[] decode(byte[] data, AudioFormat format) throws IOException {
        int bits = format.getSampleSizeInBits();
        float[] samples = new float[data.length / (bits / 8)];
        AudioFormat.Encoding encoding = format.getEncoding();
        if (encoding.equals(AudioFormat.Encoding.ULAW)) {
            G711.decodeMuLaw(data, 0, samples, 0, samples.length);
        } else if (encoding.equals(AudioFormat.Encoding.ALAW)) {
            G711.decodeALaw(data, 0, samples, 0, samples.length);
        } else if (encoding.equals(AudioFormat.Encoding.PCM_FLOAT) && bits == 32) {
            ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
        } else if (encoding.equals(AudioFormat.Encoding.PCM_UNSIGNED) && bits == 8) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = ((data[i] & 0xff) - 128) / 128f;
            }
        } else if (encoding.equals(AudioFormat.Encoding.PCM_SIGNED)) {
            decodeSigned(data, bits / 8, format.isBigEndian(), samples);
        } else {
            throw new IOException("its format " + format + " is none of PCM, float, mu-law and A-law");
        }
        return samples;
    }

    static void decodeSigned(byte[] data, int bytesPerSample, boolean bigEndian, float[] samples) {
        float fullScale = 1L << (8 * bytesPerSample - 1);
        for (int i = 0; i < samples.length; i++) {
            int value = 0;
            for (int b = bytesPerSample - 1; b >= 0; b--) {
                int at = i * bytesPerSample + (bigEndian ? bytesPerSample - 1 - b : b);
                value = b == bytesPerSample - 1 ? data[at] : value << 8 | data[at] & 0xff;
            }
            samples[i] = value / fullScale;
        }
    }

    static float[] mixDown(float[] samples, int channels) {
        if (channels == 1) {
            return samples;
        }
        float[] mono = new float[samples.length / channels];
        for (int i = 0; i < mono.length; i++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += samples[i * channels + channel];
            }
            mono[i] = sum / channels;
        }
        return mono;
    }
}
