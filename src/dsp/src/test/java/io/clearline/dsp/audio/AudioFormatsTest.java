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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clearline.dsp.audio.AudioShapes.Shape;
import io.clearline.testkit.CommittedText;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that each kind of audio file is either read sample by sample or rejected with a message that says why. */
class AudioFormatsTest {
    private static final String FFMPEG_SOUNDS = "src/dsp/src/test/resources/io/clearline/dsp/audio/ffmpeg.tsv";
    private static final String REFUSED = "refused";

    @TempDir
    private Path folder;

    static List<Shape> shapes() {
        return AudioShapes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void aFileIsReadCorrectlyOrRejected(Shape shape) throws IOException {
        check(shape, read(() -> AudioReaders.open(write(shape), options(shape))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void aPipeIsReadAsTheFile(Shape shape) throws IOException {
        check(shape, read(() -> AudioReaders.open(trickle(shape.bytes()), options(shape))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void bytesInMemoryAreReadAsTheFile(Shape shape) throws IOException {
        byte[] bytes = shape.bytes().clone();
        check(shape, read(() -> AudioReaders.open(bytes, options(shape))));
        assertThat(bytes).as("the caller's bytes").isEqualTo(shape.bytes());
    }

    /** Runs only where ffmpeg is installed. The table shows where ffmpeg reads other samples than our readers. */
    @Test
    void ffmpegsSoundsAreThoseThatTheTableComparesWith() throws IOException, InterruptedException {
        assumeTrue(FfmpegProcess.isInstalled(), "ffmpeg is not installed");
        assumeTrue(CommittedText.regenerating(), "compared when the table is made anew: versions of ffmpeg differ");
        StringBuilder text = new StringBuilder();
        for (Shape shape : shapes()) {
            text.append(shape.name())
                    .append('\t')
                    .append(ffmpegSound(write(shape)))
                    .append('\n');
        }
        CommittedText.at(FFMPEG_SOUNDS, "src/dsp", AudioFormatsTest.class).mustBe(text.toString());
    }

    @Test
    void theTableSaysWhatHappens() throws IOException {
        Map<String, String> ffmpeg = new TreeMap<>();
        for (String line : Files.readAllLines(CommittedText.home().resolve(FFMPEG_SOUNDS))) {
            ffmpeg.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
        }
        StringBuilder table = new StringBuilder("| input | what happens | ffmpeg 5.1 |\n|---|---|---|\n");
        for (Shape shape : shapes()) {
            Result result = read(() -> AudioReaders.open(write(shape), options(shape)));
            table.append("| ")
                    .append(shape.name())
                    .append(" | ")
                    .append(result.words())
                    .append(" | ");
            table.append(compared(result, ffmpeg.getOrDefault(shape.name(), "not compared")))
                    .append(" |\n");
        }
        assertThat(shapes()).hasSizeGreaterThan(60);
        CommittedText.at("src/dsp/AUDIO-FORMATS.md", "src/dsp", AudioFormatsTest.class)
                .partMustBe("table", table.toString());
    }

    private static String compared(Result result, String ffmpeg) {
        if (ffmpeg.equals(REFUSED)) {
            return result.sound == null ? "refuses too" : "refuses";
        }
        if (result.sound == null) {
            return "reads something";
        }
        return sha256(result.sound).equals(ffmpeg) ? "the same samples" : "other samples";
    }

    private static ReadOptions options(Shape shape) {
        ReadOptions options = ReadOptions.DEFAULT.alone();
        return shape.salvage() ? options.salvaging() : options;
    }

    private Path write(Shape shape) throws IOException {
        return Files.write(folder.resolve("shape"), shape.bytes());
    }

    /** A pipe, which may return fewer bytes than requested. */
    private static InputStream trickle(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] out, int offset, int length) {
                return super.read(out, offset, Math.min(length, 37));
            }
        };
    }

    private interface Opening {
        AudioReader open() throws IOException;
    }

    private record Result(float[] sound, List<String> warnings, String refusal) {
        String words() {
            if (sound == null) {
                return "refused: " + refusal;
            }
            return warnings.isEmpty() ? "read" : "read, warning: " + String.join("; ", warnings);
        }
    }

    private static Result read(Opening opening) throws IOException {
        try (AudioReader reader = opening.open()) {
            int channels = reader.spec().channels();
            float[] sound = new float[0];
            float[] block = new float[100 * channels];
            for (int frames = reader.read(block, 100); frames > 0; frames = reader.read(block, 100)) {
                int at = sound.length;
                sound = Arrays.copyOf(sound, at + frames * channels);
                System.arraycopy(block, 0, sound, at, frames * channels);
            }
            assertThat(reader.read(block, 100)).as("behind the end").isZero();
            return new Result(sound, reader.warnings(), "");
        } catch (EOFException | BadAudioException e) {
            return new Result(null, List.of(), e.getMessage());
        }
    }

    private static void check(Shape shape, Result result) {
        if (shape.isRead()) {
            assertThat(result.refusal).isEmpty();
            assertThat(result.sound).containsExactly(shape.sound());
            assertThat(result.warnings).hasSize(shape.says().isEmpty() ? 0 : Math.max(1, result.warnings.size()));
            assertThat(String.join("; ", result.warnings)).contains(shape.says());
        } else {
            assertThat(result.sound).isNull();
            assertThat(result.refusal).contains(shape.says());
        }
    }

    /** Returns the SHA-256 of the floats that ffmpeg reads. */
    private static String ffmpegSound(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-loglevel",
                        "quiet",
                        "-i",
                        file.toString(),
                        "-c:a",
                        "pcm_f32le",
                        "-f",
                        "f32le",
                        "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] bytes = process.getInputStream().readAllBytes();
        return process.waitFor() != 0 ? REFUSED : sha256(bytes);
    }

    private static String sha256(float[] sound) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(sound);
        return sha256(bytes.array());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
