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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads what none of our readers knows (MP3, Opus, AAC, video files) through a child process {@code ffmpeg}, as a pipe.
 * The first audio track of the file; its decoder's floats.
 */
final class FfmpegReader implements AudioReader {
    static final String CONTAINER = "ffmpeg";

    private static final String PROGRAM = "ffmpeg";
    private static final int MAX_COMPLAINT_CHARS = 2000;
    private static final long END_SECONDS = 10;

    private final Process process;
    private final AudioReader decoded;
    private final AudioSpec spec;
    private final Complaints complaints;
    private final boolean salvage;
    private final List<String> warnings = new ArrayList<>();
    private boolean ended;

    private FfmpegReader(Process process, Complaints complaints, boolean salvage) throws IOException {
        this.process = process;
        this.complaints = complaints;
        this.salvage = salvage;
        try {
            ByteSource source = ByteSource.of(process.getInputStream());
            if (source.peek(1).length == 0) {
                throw new BadAudioException(
                        "it is none of WAV, RF64, W64, AIFF, AU and FLAC, and ffmpeg finds no sound in it: "
                                + complaints.afterEnd());
            }
            decoded = AuHeader.open(source, salvage);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
        AudioSpec found = decoded.spec();
        spec = new AudioSpec(CONTAINER, found.sampleRateHz(), found.channels(), 0, found.format(), AudioSpec.UNKNOWN);
    }

    /** Whether there is such a program on the path. */
    static boolean isInstalled() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && new File(folder, PROGRAM).canExecute()) {
                return true;
            }
        }
        return false;
    }

    static AudioReader open(Path file, boolean salvage) throws IOException {
        // The prefix keeps names with colons and dashes names.
        Process process = start("file:" + file.toAbsolutePath());
        process.getOutputStream().close();
        return new FfmpegReader(process, Complaints.of(process), salvage);
    }

    /** Feeds the program what comes through a pipe. */
    static AudioReader open(ByteSource source, boolean salvage) throws IOException {
        Process process = start("pipe:0");
        Thread feeder = new Thread(() -> feed(source, process.getOutputStream()), "ffmpeg-input");
        feeder.setDaemon(true);
        feeder.start();
        return new FfmpegReader(process, Complaints.of(process), salvage);
    }

    private static Process start(String input) throws IOException {
        List<String> command = List.of(
                PROGRAM,
                "-nostdin",
                "-hide_banner",
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
                "pipe:1");
        return new ProcessBuilder(command).start();
    }

    private static void feed(ByteSource source, OutputStream to) {
        try (source;
                to) {
            source.copyTo(to);
        } catch (IOException e) {
            // The program took what it wanted.
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
        String said = complaints.afterEnd();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while ffmpeg was read.", e);
        }
        if (process.exitValue() != 0 && !salvage) {
            throw new BadAudioException("ffmpeg failed with exit code " + process.exitValue() + ": " + said);
        }
        if (!said.isBlank()) {
            warnings.add("ffmpeg says: " + said);
        }
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
        process.destroy();
        decoded.close();
    }

    /** What the program writes to its standard error, read so that it never waits. */
    private static final class Complaints extends Thread {
        private final InputStream from;
        private final StringBuilder text = new StringBuilder();

        private Complaints(InputStream from) {
            super("ffmpeg-errors");
            this.from = from;
            setDaemon(true);
        }

        static Complaints of(Process process) {
            Complaints complaints = new Complaints(process.getErrorStream());
            complaints.start();
            return complaints;
        }

        @Override
        public void run() {
            byte[] block = new byte[1024];
            try {
                for (int read = from.read(block); read >= 0; read = from.read(block)) {
                    if (text.length() < MAX_COMPLAINT_CHARS) {
                        text.append(new String(block, 0, read, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The last line, once the program ended. */
        String afterEnd() throws IOException {
            try {
                join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while ffmpeg was read.", e);
            }
            String[] lines = text.toString().strip().split("\n");
            return lines[lines.length - 1].strip().replaceFirst("^(file|pipe):.*: ", "");
        }
    }
}
