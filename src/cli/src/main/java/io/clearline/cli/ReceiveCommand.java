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

import io.clearline.kafka.RecordReader;
import io.clearline.kafka.TopicReader;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearline receive}: writes an enhanced stream to WAV files, one for each session. */
@Command(
        name = "receive",
        description = "Write an enhanced stream to WAV files, one for each session, from its beginning in the topic to"
                + " its last"
                + " frame. Dead letters of the stream are printed.")
final class ReceiveCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int WRITE_TIMEOUT_SECONDS = 10;

    /** The position in the topic at which reading begins. */
    private enum From {
        BEGINNING,
        NOW
    }

    @Option(names = "--stream", required = true, paramLabel = "ID", description = "Id of the stream.")
    private String stream;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            description = "Receive only this session of the stream (default: all sessions, each in its own file,"
                    + " numbered from the second on).")
    private String session;

    @Option(names = "--out", paramLabel = "FILE", description = "WAV file to write; optional with --json.")
    private Path out;

    @Option(
            names = "--json",
            description = "Print a line of JSON for each frame (samples in Base64), dead letter and session.")
    private boolean json;

    @Option(
            names = "--follow",
            description = "Continue with further sessions until Ctrl-C; each file is written when its session ends.")
    private boolean follow;

    @Option(
            names = "--from",
            defaultValue = "beginning",
            paramLabel = "WHERE",
            description = "beginning: all frames of the topic; now: only new frames (default: ${DEFAULT-VALUE}).")
    private From from;

    @Within(min = 1)
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Longest wait for the next frame; unlimited with --follow (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Mixin
    private KafkaOptions kafka;

    @Spec
    private CommandSpec spec;

    private volatile boolean interrupted;
    private final CountDownLatch written = new CountDownLatch(1);

    private ReceivedFiles files;
    private ReceivedSessions received;

    @Override
    public Integer call() throws IOException {
        if (out == null && !json) {
            throw new ParameterException(spec.commandLine(), "Expected --out FILE or --json, found neither.");
        }
        kafka.requireTopics(kafka.topics().enhancedFrames(), kafka.topics().deadFrames());
        files = new ReceivedFiles(out);
        received = new ReceivedSessions(session);
        if (follow) {
            Shutdown.closeAtExit(this::interrupt);
        }
        try (ReceiveReport report = new ReceiveReport(
                spec.commandLine().getOut(), spec.commandLine().getErr(), json)) {
            receive(report);
            return end(report);
        } finally {
            written.countDown();
        }
    }

    /** Runs on Ctrl-C, and waits until the frames received so far are written. */
    private void interrupt() {
        interrupted = true;
        try {
            written.await(WRITE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(ReceiveReport report) throws IOException {
        long timeoutNanos = Duration.ofSeconds(timeoutSeconds).toNanos();
        long lastNanos = System.nanoTime();
        try (TopicReader<EnhancedFrame> reader = frames();
                DeadLetters letters = letters()) {
            while (!isOver(reader) && (follow || System.nanoTime() - lastNanos < timeoutNanos)) {
                for (EnhancedFrame frame : reader.poll(POLL)) {
                    if (frame.getStreamId().equals(stream) && received.add(frame)) {
                        report.frame(frame);
                        lastNanos = System.nanoTime();
                    }
                }
                letters.poll().forEach(report::deadLetter);
                if (follow) {
                    write(received.takeEnded(reader::isAtEnd), report);
                }
            }
            // A short stream may have ended before its dead letters were read.
            if (!follow) {
                letters.rest().forEach(report::deadLetter);
            }
        }
    }

    private boolean isOver(TopicReader<EnhancedFrame> reader) {
        if (follow) {
            return interrupted;
        }
        // At the end of the topic, the frames that an ended session still lacks will not come: they belong to a gap
        // that
        // was too long to be concealed.
        return received.isWhole() || received.hasEnded() && reader.isAtEnd();
    }

    private TopicReader<EnhancedFrame> frames() throws IOException {
        TopicReader<EnhancedFrame> reader = new TopicReader<>(
                kafka.bootstrapServers(),
                kafka.topics().enhancedFrames(),
                WireCodec.enhancedFrame().withRegistry(kafka.registry()),
                kafka.settings());
        if (from == From.NOW) {
            reader.skipToEnd();
        }
        return reader;
    }

    private DeadLetters letters() throws IOException {
        RecordReader reader =
                new RecordReader(kafka.bootstrapServers(), kafka.topics().deadFrames(), kafka.settings());
        if (from == From.NOW) {
            reader.skipToEnd();
        }
        return new DeadLetters(reader, stream, kafka.registry());
    }

    private void write(Map<String, ReceivedStream> sessions, ReceiveReport report) throws IOException {
        for (Map.Entry<String, ReceivedStream> each : sessions.entrySet()) {
            List<Path> paths = out == null ? List.of() : files.write(each.getValue());
            report.session(each.getKey(), each.getValue(), paths);
        }
    }

    private int end(ReceiveReport report) throws IOException {
        int frames = received.frames();
        if (frames == 0 && !follow) {
            throw new IOException("No frame of stream " + stream + " came within " + timeoutSeconds + " seconds."
                    + report.deadLetters());
        }
        boolean ended = received.hasEnded();
        write(received.byName(), report);
        if (!ended && !follow) {
            throw new IOException("Stream " + stream + " did not end within " + timeoutSeconds + " seconds; " + frames
                    + " frames were " + (out == null ? "received." : "written.") + report.deadLetters());
        }
        return 0;
    }
}
