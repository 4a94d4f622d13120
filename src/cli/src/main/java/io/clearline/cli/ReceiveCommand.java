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

import io.clearline.dsp.AudioFiles;
import io.clearline.kafka.TopicReader;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes one enhanced stream to a file. */
@Command(
        name = "receive",
        description =
                "Write an enhanced stream to a WAV file, from its beginning in the topic to its last frame; each of its"
                        + " sessions to a file of its own.")
final class ReceiveCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Option(names = "--stream", required = true, paramLabel = "ID", description = "Id of the stream.")
    private String stream;

    @Option(
            names = "--session",
            paramLabel = "NAME",
            description = "Only this session of the stream (default: every one; of several each in a file of its own,"
                    + " numbered).")
    private String session;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "WAV file to write.")
    private Path out;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Longest wait for the next frame (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        kafka.requireTopics(kafka.topics().enhancedFrames());
        ReceivedSessions received = receive();
        if (received.frames() == 0) {
            throw new IOException("No frame of stream " + stream + " came within " + timeoutSeconds + " seconds.");
        }
        int number = 0;
        for (Map.Entry<String, ReceivedStream> each : received.byName().entrySet()) {
            Path file = received.file(out, ++number);
            AudioFiles.writeWav(file, each.getValue().clip());
            String which = received.byName().size() == 1 ? "" : " of session " + each.getKey();
            System.out.println("Received " + each.getValue().summary() + which + " into " + file);
        }
        if (!received.hasEnded()) {
            throw new IOException("Stream " + stream + " did not end within " + timeoutSeconds + " seconds; "
                    + received.frames() + " frames were written.");
        }
        return 0;
    }

    private ReceivedSessions receive() throws IOException {
        ReceivedSessions received = new ReceivedSessions(session);
        long timeoutNanos = Duration.ofSeconds(timeoutSeconds).toNanos();
        long lastNanos = System.nanoTime();
        try (TopicReader<EnhancedFrame> reader = new TopicReader<>(
                kafka.bootstrapServers(),
                kafka.topics().enhancedFrames(),
                WireCodec.enhancedFrame(),
                kafka.settings())) {
            while (!isOver(received, reader) && System.nanoTime() - lastNanos < timeoutNanos) {
                for (EnhancedFrame frame : reader.poll(POLL)) {
                    if (frame.getStreamId().equals(stream) && received.add(frame)) {
                        lastNanos = System.nanoTime();
                    }
                }
            }
        }
        return received;
    }

    /**
     * A hole in a session that has ended stays one when the topic is read to its end: a gap that was too long to be
     * concealed.
     */
    private static boolean isOver(ReceivedSessions received, TopicReader<EnhancedFrame> reader) {
        return received.isWhole() || received.hasEnded() && reader.isAtEnd();
    }
}
