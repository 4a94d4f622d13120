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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files that are too large for the table of {@link AudioFormatsTest}, and files that are none. */
class AudioReadersTest {
    private static final ReadOptions OPTIONS = ReadOptions.DEFAULT.alone();

    @TempDir
    private Path folder;

    @Test
    void aNamedPipeIsReadAsAFile() throws IOException, InterruptedException {
        Wav wav = Wav.pcm(16, 2, 2);
        assertThat(throughNamedPipe(wav.bytes())).containsExactly(wav.sound());
    }

    @Test
    void aNamedPipeIsReadWhereItsSoundComesBeforeItsFormat() throws IOException, InterruptedException {
        Wav wav = Wav.pcm(16, 2, 2);
        wav.dataFirst = true;
        assertThat(throughNamedPipe(wav.bytes())).containsExactly(wav.sound());
    }

    @Test
    void aNamedPipeMayHoldFlac() throws IOException, InterruptedException {
        assertThat(throughNamedPipe(OtherFiles.flac("pcm24-2"))).containsExactly(OtherFiles.flacSound(24, 2));
    }

    private float[] throughNamedPipe(byte[] bytes) throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        Path file = Files.write(folder.resolve("file"), bytes);
        Process writer = new ProcessBuilder(
                        "/bin/sh", "-c", "exec cat \"$0\" > \"$1\"", file.toString(), pipe.toString())
                .start();
        try (AudioReader reader = AudioReaders.open(pipe, OPTIONS)) {
            return all(reader);
        } finally {
            writer.destroy();
        }
    }

    @Test
    void floatsOfAnotherScaleAreRejectedLongBeforeTheirEnd() throws IOException {
        InputStream endless = new InputStream() {
            private final byte[] head = floatHead();
            private long at;

            @Override
            public int read() {
                // Little-endian 0x46464646 is 12689.6.
                return at < head.length ? head[(int) at++] & 0xff : 0x46;
            }
        };
        try (AudioReader reader = AudioReaders.open(endless, OPTIONS)) {
            assertThatThrownBy(() -> all(reader))
                    .isInstanceOf(BadAudioException.class)
                    .hasMessageContaining("its sample 0 is 12689.568")
                    .hasMessageContaining("scale it first");
        }
    }

    private static byte[] floatHead() {
        Wav wav = Wav.of(Wav.FLOAT, 32);
        wav.statedDataBytes = 0xffffffffL;
        return Arrays.copyOf(wav.bytes(), 44);
    }

    @Test
    void anAuFileMayHaveAnAnnotationOfAnyLength() throws IOException {
        Wav wav = Wav.pcm(16, 2, 1);
        byte[] plain = OtherFiles.au(wav, 3, true);
        ByteBuffer file = ByteBuffer.allocate(plain.length + (10 << 20)).put(plain, 0, 24);
        file.putInt(4, 28 + (10 << 20));
        file.position(28 + (10 << 20)).put(plain, 28, plain.length - 28);
        try (AudioReader reader = AudioReaders.open(file.array(), OPTIONS)) {
            assertThat(all(reader)).containsExactly(wav.sound());
            assertThat(reader.warnings()).isEmpty();
        }
    }

    @Test
    void aFlacTagThatIsTooLargeIsLeftOutWithAWarning() throws IOException {
        byte[] flac = OtherFiles.flac("pcm16-1");
        int length = AudioTags.MAX_TAG_BYTES + 1;
        ByteBuffer file = ByteBuffer.allocate(flac.length + 4 + length);
        file.put(flac, 0, 42).put(4, (byte) 0);
        // A picture of more than 4 MB behind the description of the stream.
        file.putInt(6 << 24 | length).position(42 + 4 + length).put(flac, 42, flac.length - 42);
        try (AudioReader reader = AudioReaders.open(file.array(), OPTIONS)) {
            assertThat(all(reader)).containsExactly(OtherFiles.flacSound(16, 1));
            assertThat(reader.warnings())
                    .containsExactly("its metadata of type 6 and " + length + " bytes is too large to be kept");
        }
    }

    @Test
    void aWavTagBetweenItsSoundAndItsFormatIsKeptOnce() throws IOException {
        Wav wav = Wav.pcm(16, 2, 1);
        byte[] format = Arrays.copyOfRange(wav.bytes(), 12, 36);
        wav.dataFirst = true;
        byte[] file = wav.bytes();
        ByteBuffer whole = ByteBuffer.allocate(file.length + 12);
        whole.put(file, 0, file.length - format.length);
        whole.put(Wav.chunk("LIST", new byte[4])).put(format);
        try (AudioReader reader = AudioReaders.open(whole.array(), OPTIONS)) {
            assertThat(all(reader)).containsExactly(wav.sound());
            assertThat(reader.tags().size()).isEqualTo(1);
        }
    }

    private static float[] all(AudioReader reader) throws IOException {
        int channels = reader.spec().channels();
        float[] sound = new float[1 << 22];
        float[] block = new float[1000 * channels];
        int length = 0;
        for (int frames = reader.read(block, 1000); frames > 0; frames = reader.read(block, 1000)) {
            System.arraycopy(block, 0, sound, length, frames * channels);
            length += frames * channels;
        }
        return Arrays.copyOf(sound, length);
    }
}
