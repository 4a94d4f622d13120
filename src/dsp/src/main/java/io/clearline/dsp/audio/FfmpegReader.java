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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads formats that no other reader supports (MP3, Opus, AAC, video files) through a child process {@code ffmpeg}.
 * Reads the first audio track, as the floats of the decoder. Thread-confined.
 */
final class FfmpegReader implements AudioReader {
    static final String CONTAINER = "ffmpeg";

    /** Replaces bytes of a path that the JVM could not decode. */
    private static final char REPLACEMENT = '\uFFFD';

    private final FfmpegProcess process;
    private final AudioReader decoded;
    private final AudioSpec spec;
    private final boolean salvage;
    private final List<String> warnings = new ArrayList<>();
    private boolean ended;

    private FfmpegReader(FfmpegProcess process, boolean salvage) throws IOException {
        this.process = process;
        this.salvage = salvage;
        try {
            ByteSource source = ByteSource.of(process.output());
            if (source.peek(1).length == 0) {
                throw new BadAudioException(
                        "it is none of WAV, RF64, W64, AIFF, AU and FLAC, and ffmpeg finds no sound in it: "
                                + lastErrorLine());
            }
            decoded = AuHeader.open(source, salvage);
        } catch (IOException e) {
            process.kill();
            throw e;
        }
        AudioSpec found = decoded.spec();
        spec = new AudioSpec(CONTAINER, found.sampleRateHz(), found.channels(), 0, found.format(), AudioSpec.UNKNOWN);
    }

    static AudioReader open(Path file, boolean salvage) throws IOException {
        if (file.toString().indexOf(REPLACEMENT) >= 0) {
            // A name that is not valid text cannot be an argument of a process, so ffmpeg reads from a pipe.
            return open(ByteSource.of(file), salvage);
        }
        FfmpegProcess process = start(FfmpegProcess.url(file));
        process.input().close();
        return new FfmpegReader(process, salvage);
    }

    /** Passes the bytes of a source to ffmpeg through a pipe. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        FfmpegProcess process = start("pipe:0");
        Thread feeder = new Thread(() -> feed(source, process.input()), "ffmpeg-input");
        feeder.setDaemon(true);
        feeder.start();
        return new FfmpegReader(process, salvage);
    }

    private static FfmpegProcess start(String input) throws IOException {
        return FfmpegProcess.start(List.of(
                "-loglevel",
                "error",
                "-protocol_whitelist",
                "file,pipe",
                "-i",
                input,
                "-map",
                "0:a:0",
                "-c:a",
                "pcm_f32be",
                "-f",
                "au",
                "pipe:1"));
    }

    private static void feed(ByteSource source, OutputStream to) {
        try (source;
                to) {
            source.copyTo(to);
        } catch (IOException e) {
            // ffmpeg closed the pipe, because it needs no more input.
        }
    }

    @Override
    public AudioSpec spec() {
        return spec;
    }

    @Override
    public int read(float[] out, int maxFrames) throws IOException {
        int frames = decoded.read(out, maxFrames);
        if (frames == 0 && !ended) {
            ended = true;
            end();
        }
        return frames;
    }

    private void end() throws IOException {
        String lastLine = lastErrorLine();
        int exitCode = process.exitCode();
        if (exitCode != 0 && !salvage) {
            throw new BadAudioException("ffmpeg failed with exit code " + exitCode + ": " + lastLine);
        }
        if (!lastLine.isBlank()) {
            warnings.add("ffmpeg says: " + lastLine);
        }
    }

    /** Returns the last line of standard error without the name of the file. */
    private String lastErrorLine() throws IOException {
        return process.lastLineAfterEnd().replaceFirst("^(file|pipe):.*: ", "");
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(decoded.warnings());
        all.addAll(warnings);
        return all;
    }

    @Override
    public AudioTags tags() {
        return decoded.tags();
    }

    @Override
    public void close() throws IOException {
        process.close();
        decoded.close();
    }
}
