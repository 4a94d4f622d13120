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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clearline.gateway.broadcast.OutputArguments.Wishes;
import io.clearline.schemas.EnhancedFrame;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes enhanced frames with the real ffmpeg. The frames are passed in without Kafka. */
class EgressTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int FRAME_SAMPLES = 960;
    private static final int CHANNELS = 2;
    private static final long START = 1_700_000_000_000_000L;

    private final List<String> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeFfmpeg() {
        FfmpegFiles.assumeInstalled();
    }

    @Test
    void aFileContainsEverySampleInItsPlaceAndSilenceWhereFramesAreLost() throws Exception {
        Path file = folder.resolve("out.wav");
        Egress egress =
                egress(EgressSettings.of("stream", to(file)).withPaced(false).withOnce());
        Thread running = start(egress);
        int count = 100;
        for (int sequence = 0; sequence < count; sequence++) {
            if (sequence < 40 || sequence >= 45) {
                EnhancedFrame frame = frame("a", sequence);
                frame.setBypassed(sequence < 10);
                frame.setLastOfStream(sequence == count - 1);
                egress.frame(frame, 0);
            }
            if (sequence == 50) {
                egress.frame(frame("a", 49), 0);
            }
        }
        running.join();

        short[] samples = FfmpegFiles.samples(file);
        assertThat(samples).hasSize(count * FRAME_SAMPLES * CHANNELS);
        int perFrame = FRAME_SAMPLES * CHANNELS;
        for (int i = 0; i < samples.length; i++) {
            boolean lost = i / perFrame >= 40 && i / perFrame < 45;
            assertThat(samples[i]).as("sample %d", i).isEqualTo(lost ? 0 : (short) (i + 1));
        }
        Egress.Status status = egress.status();
        assertThat(status.silenceSamples()).isEqualTo(5 * FRAME_SAMPLES);
        assertThat(status.dryFrames()).isEqualTo(10);
        assertThat(status.duplicateFrames()).isEqualTo(1);
        assertThat(status.frames()).isEqualTo(95);
    }

    @Test
    void gapsAreFilledWithSilenceInRealTimeAndLateFramesAreDropped() throws Exception {
        Path file = folder.resolve("out.wav");
        Egress egress = egress(EgressSettings.of("stream", to(file)).withOnce().withBuffer(Duration.ofMillis(50)));
        Thread running = start(egress);
        egress.frame(frame("a", 0), 0);
        await().atMost(TIMEOUT).until(() -> egress.status().silenceSamples() >= 10 * FRAME_SAMPLES);
        EnhancedFrame late = frame("a", 3);
        egress.frame(late, 0);
        EnhancedFrame last = frame("a", 200);
        last.setLastOfStream(true);
        egress.frame(last, 0);
        running.join();

        short[] samples = FfmpegFiles.samples(file);
        assertThat(samples).hasSize(201 * FRAME_SAMPLES * CHANNELS);
        assertThat(Arrays.copyOfRange(samples, 200 * FRAME_SAMPLES * CHANNELS, samples.length))
                .isEqualTo(Frames.shorts(last.getPayload().array()));
        assertThat(egress.status().lateSamples()).isEqualTo(FRAME_SAMPLES);
    }

    @Test
    void aKilledOutputIsRestartedAndStaysInTime() throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            receiver.setSoTimeout((int) TIMEOUT.toMillis());
            String url = "rtp://127.0.0.1:" + receiver.getLocalPort() + "?rtcpport=9";
            Egress egress = egress(EgressSettings.of("stream", OutputArguments.of(url, Wishes.NONE)));
            Thread running = start(egress);
            egress.frame(frame("a", 0), 0);
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            receiver.receive(packet);
            ProcessHandle.of(egress.pid()).orElseThrow().destroyForcibly();
            await().atMost(TIMEOUT).until(() -> egress.status().restarts() == 1);
            drain(receiver);
            receiver.receive(packet);
            egress.stop();
            running.join();
            assertThat(egress.status().droppedSamples()).isPositive();
            assertThat(events).anyMatch(text -> text.contains("restarting it in 500 ms"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsReported() throws Exception {
        Egress egress =
                egress(EgressSettings.of("stream", to(folder.resolve("none").resolve("out.wav")))
                        .withPaced(false)
                        .withOnce());
        EnhancedFrame only = frame("a", 0);
        only.setLastOfStream(true);
        egress.frame(only, 0);
        assertThatThrownBy(egress::run).isInstanceOf(IOException.class).hasMessageContaining("No such file");
    }

    /** Connects an egress to an ingest by ffmpeg's SRT. Two channels of 16 bits must survive. */
    @Test
    void audioSentBySrtIsReceivedBySrtSampleForSample() throws Exception {
        int port = freeUdpPort();
        Frames received = new Frames();
        Ingest ingest = new Ingest(
                IngestSettings.of("back", "srt://127.0.0.1:" + port + "?mode=listener")
                        .withOnce(),
                received,
                events::add);
        Thread listening = new Thread(() -> {
            try {
                ingest.run();
            } catch (IOException e) {
                events.add(e.getMessage());
            }
        });
        listening.start();
        OutputArguments output = OutputArguments.of(
                "srt://127.0.0.1:" + port + "?mode=caller&connect_timeout=30000",
                new Wishes("s302m", null, Map.of("strict", "-2"), false));
        Egress egress = egress(EgressSettings.of("stream", output).withOnce());
        Thread running = start(egress);
        for (int sequence = 0; received.all().size() < 100; sequence++) {
            // Blocks while the queue is full, so that this loop runs in real time.
            egress.frame(frame("a", sequence), 0);
        }
        egress.stop();
        running.join();
        listening.join();

        // Samples count upwards. Silence replaces what the link dropped; at the beginning some samples are missing.
        short[] samples = received.samples();
        int breaks = 0;
        for (int i = 1; i < samples.length; i++) {
            breaks += samples[i] == (short) (samples[i - 1] + 1) || samples[i] == 0 && samples[i - 1] == 0 ? 0 : 1;
        }
        assertThat(samples).hasSizeGreaterThan(100 * FRAME_SAMPLES * CHANNELS - 1);
        assertThat(breaks)
                .as("breaks; %s, %s", egress.status(), ingest.status())
                .isLessThan(20);
        assertThat(ingest.status().silenceSamples()).isLessThan(50 * FRAME_SAMPLES);
        assertThat(received.all().get(0).getAttributes().get("sourceTimeMicros"))
                .isNotEqualTo("0");
    }

    private static void drain(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        socket.setSoTimeout(1);
        try {
            while (true) {
                socket.receive(packet);
            }
        } catch (java.net.SocketTimeoutException e) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static OutputArguments to(Path file) throws IOException {
        return OutputArguments.of(file.toString(), Wishes.NONE);
    }

    private Egress egress(EgressSettings settings) {
        return new Egress(settings, events::add);
    }

    private Thread start(Egress egress) {
        Thread thread = new Thread(() -> {
            try {
                egress.run();
            } catch (IOException e) {
                events.add(e.getMessage());
            }
        });
        thread.start();
        return thread;
    }

    private static EnhancedFrame frame(String session, int sequence) {
        return Frames.enhanced(session, sequence, START, CHANNELS, FRAME_SAMPLES);
    }
}
