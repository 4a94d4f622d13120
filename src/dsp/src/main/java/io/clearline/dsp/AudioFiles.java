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

import io.clearline.dsp.audio.AudioReader;
import io.clearline.dsp.audio.AudioReaders;
import io.clearline.dsp.audio.AudioSpec;
import io.clearline.dsp.audio.AudioTags;
import io.clearline.dsp.audio.ByteTarget;
import io.clearline.dsp.audio.ReadOptions;
import io.clearline.dsp.audio.SampleFormat;
import io.clearline.dsp.audio.WaveWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads and writes whole audio files in memory, for short clips in training and evaluation. Use {@link AudioReaders} to
 * read long files block by block. Not for hot code. Stateless.
 */
public final class AudioFiles {
    private static final int BLOCK_FRAMES = 4096;

    /**
     * Largest accepted ratio of decoded to encoded bytes. FLAC compresses digital silence in its usual blocks of 4096
     * samples to about a thousandth; only a file that is made to exhaust memory exceeds this limit.
     */
    private static final int MAX_EXPANSION = 4000;

    /** Decoded audio up to this size is accepted at any ratio. */
    private static final int SMALL_BYTES = 1 << 20;

    private AudioFiles() {}

    /**
     * Reads a file. Several channels are mixed to their mean.
     *
     * @throws IOException if the file cannot be read without errors; the message names it
     */
    public static AudioClip read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (AudioReader reader = AudioReaders.open(file, ReadOptions.DEFAULT)) {
            return mean(readAll(reader, Files.size(file)), reader.spec().sampleRateHz());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads every channel of a file separately, in the order of the file.
     *
     * @throws IOException if the file cannot be read without errors; the message names it
     */
    public static List<AudioClip> readChannels(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (AudioReader reader = AudioReaders.open(file, ReadOptions.DEFAULT)) {
            int sampleRateHz = reader.spec().sampleRateHz();
            return Arrays.stream(readAll(reader, Files.size(file)))
                    .map(samples -> new AudioClip(samples, sampleRateHz))
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Variant of {@link #read(Path)} for the content of a file. Does not use {@code ffmpeg}.
     *
     * @param file name of the file for error messages
     */
    public static AudioClip read(String file, byte[] bytes) throws IOException {
        try (AudioReader reader = AudioReaders.open(bytes, ReadOptions.DEFAULT.alone())) {
            return mean(readAll(reader, bytes.length), reader.spec().sampleRateHz());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /** Returns the exception for a file that cannot be read. */
    public static IOException unreadable(String file, Exception cause) {
        return new IOException(file + " can't be read: " + cause.getMessage(), cause);
    }

    /** Reads every channel, {@code [channels x samples]}. */
    private static float[][] readAll(AudioReader reader, long fileBytes) throws IOException {
        AudioSpec spec = reader.spec();
        float[] block = new float[BLOCK_FRAMES * spec.channels()];
        float[][] channels = new float[spec.channels()][BLOCK_FRAMES];
        int length = 0;
        for (int frames = reader.read(block, BLOCK_FRAMES); frames > 0; frames = reader.read(block, BLOCK_FRAMES)) {
            requireReasonable((long) (length + frames) * spec.frameBytes(), fileBytes);
            for (int channel = 0; channel < channels.length; channel++) {
                if (channels[channel].length < length + frames) {
                    channels[channel] = Arrays.copyOf(channels[channel], 2 * (length + frames));
                }
                for (int i = 0; i < frames; i++) {
                    channels[channel][length + i] = block[i * channels.length + channel];
                }
            }
            length += frames;
        }
        for (int channel = 0; channel < channels.length; channel++) {
            channels[channel] = Arrays.copyOf(channels[channel], length);
        }
        return channels;
    }

    /** Rejects audio that exceeds the memory or the plausible compression of a recording. */
    private static void requireReasonable(long bytes, long fileBytes) throws IOException {
        if (bytes > SMALL_BYTES && fileBytes > 0 && bytes / fileBytes > MAX_EXPANSION) {
            throw new IOException(
                    "it expands to more than " + MAX_EXPANSION + " times its size, which no recording does");
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new IOException("it has more than 2 GB of sound, too much to hold in memory");
        }
    }

    private static AudioClip mean(float[][] channels, int sampleRateHz) {
        if (channels.length == 1) {
            return new AudioClip(channels[0], sampleRateHz);
        }
        float[] mono = new float[channels[0].length];
        for (int i = 0; i < mono.length; i++) {
            float sum = 0;
            for (float[] channel : channels) {
                sum += channel[i];
            }
            mono[i] = sum / channels.length;
        }
        return new AudioClip(mono, sampleRateHz);
    }

    /** Writes a mono WAV file of 16 bits. */
    public static void writeWav(Path file, AudioClip clip) throws IOException {
        writeWav(file, clip.samples(), 1, clip.sampleRateHz());
    }

    /**
     * Writes a WAV file of 16 bits with several channels.
     *
     * @param interleaved {@code [samples x channels]}, full scale 1
     */
    public static void writeWav(Path file, float[] interleaved, int channels, int sampleRateHz) throws IOException {
        int length = interleaved.length / channels;
        AudioSpec spec = new AudioSpec("WAV", sampleRateHz, channels, 0, SampleFormat.PCM_16, length);
        try (WaveWriter writer = new WaveWriter(ByteTarget.of(file), spec, new AudioTags())) {
            writer.write(interleaved, length);
        }
    }
}
