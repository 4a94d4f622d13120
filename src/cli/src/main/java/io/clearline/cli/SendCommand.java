package io.clearline.cli;

import io.clearline.dsp.AudioFiles;
import io.clearline.gateway.ClipFrames;
import io.clearline.gateway.FrameSender;
import io.clearline.schemas.AudioFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays files into the topic of raw frames. */
@Command(name = "send", description = "Play WAV or FLAC files into Kafka, each as one stream.")
final class SendCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "WAV or FLAC files.")
    private List<Path> files;

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "ID",
            description = "Id of the stream. Several files are played at the same time, as ID-1, ID-2 and so on.")
    private String stream;

    @Option(
            names = "--encoding",
            defaultValue = "pcm",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

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
            description = "1: as recorded; max: as fast as it goes (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        List<AudioFrame> frames = new ArrayList<>();
        long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (int i = 0; i < files.size(); i++) {
            String id = files.size() == 1 ? stream : stream + "-" + (i + 1);
            frames.addAll(ClipFrames.of(id, AudioFiles.read(files.get(i)), encoding.wire(), frameMillis, startMicros));
        }
        kafka.requireReachable();
        try (FrameSender sender =
                        new FrameSender(kafka.bootstrapServers(), kafka.topics().rawFrames(), kafka.settings());
                TerminalProgress progress = new TerminalProgress()) {
            progress.begin("Sending", frames.size());
            new FramePlayer(sender, speed, (frame, dueNanos) -> progress.step(frame.getStreamId())).play(frames);
        }
        System.out.println(
                "Sent " + frames.size() + " frames to " + kafka.topics().rawFrames());
        return 0;
    }
}
