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
package io.clearline.cli;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.ClipFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clearline send}: plays audio files into the topic of raw frames. */
@Command(name = "send", description = "Play WAV or FLAC files into Kafka, each as one stream.")
final class SendCommand implements Callable<Integer> {
    /** Longer than any frame that the job accepts. */
    private static final int MAX_FRAME_MILLIS = 10_000;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "WAV or FLAC files.")
    private List<Path> files;

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "ID",
            description =
                    "Id of the stream. Several files are played at the same time as ID-1, ID-2 and so on. A stream"
                            + " has all channels of its file.")
    private String stream;

    @Option(
            names = "--encoding",
            defaultValue = "pcm",
            description = "Encoding of the samples: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

    @Within(min = 1, max = MAX_FRAME_MILLIS)
    @Option(
            names = "--frame-millis",
            paramLabel = "MS",
            defaultValue = "20",
            description = "Length of a frame (default: ${DEFAULT-VALUE}).")
    private int frameMillis;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = SpeedConverter.class,
            description = "1: in real time; max: as fast as possible (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            JobLimits.requireStreamId(spec.commandLine(), "--stream", id(i));
        }
        List<AudioFrame> frames = new ArrayList<>();
        long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (int i = 0; i < files.size(); i++) {
            List<AudioClip> channels = AudioFiles.readChannels(files.get(i));
            requireRate(files.get(i), channels.get(0).sampleRateHz());
            requireChannels(files.get(i), channels.size());
            frames.addAll(frames(i, channels, startMicros));
        }
        kafka.requireTopics(kafka.topics().rawFrames());
        try (FrameSender sender = new FrameSender(
                        kafka.bootstrapServers(), kafka.topics().rawFrames(), kafka.settings(), kafka.headers());
                TerminalProgress progress = new TerminalProgress()) {
            progress.begin("Sending", frames.size());
            new FramePlayer(sender, speed, (frame, dueNanos) -> progress.step(frame.getStreamId())).play(frames);
        }
        System.out.println(
                "Sent " + frames.size() + " frames to " + kafka.topics().rawFrames());
        return 0;
    }

    private List<AudioFrame> frames(int file, List<AudioClip> channels, long startMicros) throws IOException {
        try {
            List<AudioFrame> frames = ClipFrames.of(id(file), channels, encoding.wire(), frameMillis, startMicros);
            JobLimits.requireFrames(files.get(file), frames);
            return frames;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + " Give a shorter --frame-millis for " + files.get(file) + ".");
        }
    }

    /** Returns the id of the stream of a file. */
    private String id(int file) {
        return files.size() == 1 ? stream : stream + "-" + (file + 1);
    }

    private static void requireChannels(Path file, int channels) throws IOException {
        if (channels > FrameLimits.MAX_CHANNELS) {
            throw new IOException(
                    "Expected at most " + FrameLimits.MAX_CHANNELS + " channels, found " + channels + " in "
                            + file
                            + ". Split the file first (ffmpeg -filter_complex channelsplit), or enhance it without"
                            + " Kafka:"
                            + " clearline enhance " + file);
        }
    }

    /** Refuses a file whose frames the job would refuse, before any is sent. */
    private static void requireRate(Path file, int sampleRateHz) throws IOException {
        int[] allowed = FrameLimits.sampleRatesHz();
        if (Arrays.stream(allowed).noneMatch(rate -> rate == sampleRateHz)) {
            throw new IOException("Expected a sample rate of one of " + Arrays.toString(allowed) + " Hz, found "
                    + sampleRateHz + " Hz in " + file + ". Convert the file first, for example: ffmpeg -i " + file
                    + " -ar 48000 OUT.wav");
        }
    }
}
