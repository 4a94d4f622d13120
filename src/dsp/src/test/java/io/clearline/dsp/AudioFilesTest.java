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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clearline.testkit.Allocation;
import io.clearline.testkit.Samples;
import io.clearline.testkit.Signals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFilesTest {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    private static final float[] SINE = Signals.sine(801, 440, 8_000, 0.5);

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWroteToTheBit() throws IOException {
        Path file = folder.resolve("sine.wav");
        AudioFiles.writeWav(file, new AudioClip(SINE, 8_000));
        AudioClip clip = AudioFiles.read(file);
        assertThat(clip.sampleRateHz()).isEqualTo(8_000);
        assertClose(clip.samples(), 0.5 / 32768);
        Path again = folder.resolve("again.wav");
        AudioFiles.writeWav(again, clip);
        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void overwritesALongerFile() throws IOException {
        Path file = folder.resolve("a.wav");
        AudioFiles.writeWav(file, new AudioClip(SINE, 8_000));
        AudioFiles.writeWav(file, new AudioClip(new float[3], 8_000));
        assertThat(AudioFiles.read(file).samples()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 0.004", "1, 16, 2e-5", "1, 24, 1e-7", "1, 32, 1e-7", "3, 32, 0", "6, 8, 0.02", "7, 8, 0.02"})
    void readsEveryEncoding(int tag, int bits, double tolerance) throws IOException {
        AudioClip clip = AudioFiles.read(write(riff(format(tag, 1, bits), data(tag, bits, SINE))));
        assertThat(clip.sampleRateHz()).isEqualTo(8_000);
        assertClose(clip.samples(), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"1, 16, 2e-5", "1, 24, 1e-7", "3, 32, 0"})
    void readsTheExtensibleFormat(int tag, int bits, double tolerance) throws IOException {
        assertClose(
                AudioFiles.read(write(riff(extensible(tag, 1, bits), data(tag, bits, SINE))))
                        .samples(),
                tolerance);
    }

    @Test
    void skipsChunksOfOddLengthThatItDoesNotKnow() throws IOException {
        byte[] file = riff(
                chunk("LIST", new byte[] {1, 2, 3}),
                format(PCM, 1, 16),
                chunk("junk", new byte[7]),
                data(PCM, 16, SINE),
                chunk("id3 ", new byte[5]));
        assertClose(AudioFiles.read(write(file)).samples(), 2e-5);
    }

    @Test
    void mixesChannelsToTheirMean() throws IOException {
        float[] stereo = new float[2 * SINE.length];
        for (int i = 0; i < SINE.length; i++) {
            stereo[2 * i] = 1.5f * SINE[i];
            stereo[2 * i + 1] = 0.5f * SINE[i];
        }
        byte[] file = riff(format(PCM, 2, 16), data(PCM, 16, stereo));
        assertClose(AudioFiles.read(write(file)).samples(), 4e-5);
    }

    /** A program that writes to a pipe does not know the length; ffmpeg then states 0xffffffff. */
    @Test
    void readsToTheEndWhereTheLengthIsUnknown() throws IOException {
        byte[] file = riff(format(PCM, 1, 16), data(PCM, 16, SINE));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -1).putInt(40, -1);
        assertClose(AudioFiles.read(write(file)).samples(), 2e-5);
    }

    @Test
    void saysThatTheAudioBreaksOff() throws IOException {
        byte[] file = riff(format(PCM, 1, 16), data(PCM, 16, SINE));
        Path path = write(Arrays.copyOf(file, file.length - 100));
        assertThatThrownBy(() -> AudioFiles.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("1602")
                .hasMessageContaining("1502");
    }

    /** The file contains 115 MB of silence in 7 KB. */
    @Test
    void aFlacMadeToExhaustMemoryIsRefusedBeforeItDoes() throws IOException {
        byte[] bomb;
        try (InputStream in = AudioFilesTest.class.getResourceAsStream("bomb.flac")) {
            bomb = in.readAllBytes();
        }
        long bytes = Allocation.bytesAllocatedBy(1, () -> assertThatThrownBy(() -> AudioFiles.read("bomb", bomb))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bomb")
                .hasMessageContaining("times its size"));
        assertThat(bytes).isLessThan(300L << 20);
    }

    @Test
    void aFalseLengthTakesNoMemory() throws IOException {
        byte[] file = riff(format(PCM, 1, 16), data(PCM, 16, SINE));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0x7f000000);
        long bytes = Allocation.bytesAllocatedBy(1, () -> assertThatThrownBy(() -> AudioFiles.read("lie", file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it breaks off"));
        assertThat(bytes).isLessThan(4L << 20);
    }

    @Test
    void rejectsFloatsThatAreNotNumbers() throws IOException {
        byte[] file = riff(format(FLOAT, 1, 32), data(FLOAT, 32, new float[] {0, Float.NaN}));
        assertThatThrownBy(() -> AudioFiles.read("nan", file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its sample 1 is NaN");
    }

    @Test
    void namesTheFileThatIsNoAudio() throws IOException {
        Path path = write("once upon a time there was no sound at all".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> AudioFiles.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("none of WAV, RF64");
    }

    @Test
    void namesTheFileThatIsEmpty() throws IOException {
        Path path = write(new byte[0]);
        assertThatThrownBy(() -> AudioFiles.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> AudioFiles.read(folder.resolve("none.wav"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void readsTheShippedFlac() throws IOException {
        for (Path file : Samples.speech()) {
            AudioClip clip = AudioFiles.read(file);
            assertThat(clip.sampleRateHz()).isEqualTo(16_000);
            assertThat(clip.seconds()).isGreaterThan(1);
        }
    }

    @Test
    void saysThatAFlacBreaksOff() throws IOException {
        byte[] whole = Files.readAllBytes(Samples.speech().get(0));
        Path path = write(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> AudioFiles.read(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(path.toString());
    }

    private static void assertClose(float[] actual, double tolerance) {
        assertThat(actual).hasSameSizeAs(SINE);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(SINE[i], within(tolerance));
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.wav"), bytes);
    }

    private static byte[] riff(byte[]... chunks) {
        ByteBuffer body = ByteBuffer.allocate(1 << 16);
        body.put("WAVE".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            body.put(chunk);
        }
        return chunk("RIFF", Arrays.copyOf(body.array(), body.position()));
    }

    private static byte[] chunk(String name, byte[] content) {
        return little(8 + content.length + content.length % 2)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] format(int tag, int channels, int bits) {
        return chunk("fmt ", putFormat(little(16), tag, channels, bits).array());
    }

    private static byte[] extensible(int tag, int channels, int bits) {
        ByteBuffer content = putFormat(little(40), 0xfffe, channels, bits);
        content.putShort((short) 22).putShort((short) bits).putInt(4).putInt(tag);
        // The rest of the sub-format's GUID: xxxxxxxx-0000-0010-8000-00AA00389B71.
        content.put(new byte[] {0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        return chunk("fmt ", content.array());
    }

    private static ByteBuffer putFormat(ByteBuffer to, int tag, int channels, int bits) {
        int frameBytes = channels * bits / 8;
        return to.putShort((short) tag)
                .putShort((short) channels)
                .putInt(8_000)
                .putInt(8_000 * frameBytes)
                .putShort((short) frameBytes)
                .putShort((short) bits);
    }

    private static byte[] data(int tag, int bits, float[] samples) {
        ByteBuffer content = little(samples.length * bits / 8);
        for (float sample : samples) {
            switch (tag) {
                case FLOAT -> content.putFloat(sample);
                case A_LAW -> content.put((byte) G711.intToALaw(Pcm16.toInt(sample)));
                case MU_LAW -> content.put((byte) G711.intToMuLaw(Pcm16.toInt(sample)));
                default -> putPcm(content, bits, sample);
            }
        }
        return chunk("data", content.array());
    }

    private static void putPcm(ByteBuffer content, int bits, float sample) {
        long value = Math.round((double) sample * (1L << (bits - 1))) + (bits == 8 ? 128 : 0);
        for (int shift = 0; shift < bits; shift += 8) {
            content.put((byte) (value >> shift));
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
