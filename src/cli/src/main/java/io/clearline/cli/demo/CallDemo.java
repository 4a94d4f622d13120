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
package io.clearline.cli.demo;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.dsp.G711;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.gateway.rtp.CallPlayer;
import io.clearline.gateway.rtp.LinkFaults;
import io.clearline.gateway.rtp.RtpCall;
import io.clearline.local.LocalPlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places an RTP call that goes through a gateway, Kafka and Flink and back to the caller. Thread-confined. */
public final class CallDemo {
    private static final int SAMPLE_RATE_HZ = 8000;
    private static final int PACKET_SAMPLES = 160;
    private static final int PACKET_MILLIS = 20;
    /** The static RTP payload type of PCMU (RFC 3551). */
    private static final int PCMU = 0;

    private static final int MIN_PORT = 40_000;
    private static final int MAX_PORT = 40_200;
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(30);
    /** How long to receive packets after the last one was sent. */
    private static final Duration LISTEN_AFTER = Duration.ofSeconds(1);

    private static final double NANOS_PER_MILLI = 1e6;

    private final LocalPlatform platform;
    private final Path out;

    /** @param out folder for the audio that is sent and received */
    public CallDemo(LocalPlatform platform, Path out) {
        this.platform = platform;
        this.out = out;
    }

    /**
     * Places the call and receives it to its end.
     *
     * @param speech noisy speech at 8 kHz
     * @return the report: packets, delays and files, as text
     * @throws IOException if no RTP port is free, or the gateway or the call fails
     */
    public String run(DemoStream speech) throws IOException {
        List<byte[]> packets = packets(speech.noisy().samples());
        try (Gateway gateway = startGateway()) {
            awaitTopics(gateway);
            InetSocketAddress port = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), gateway.rtpPorts().get(0));
            RtpCall call =
                    new RtpCall(port, new RtpCall.Pace(PCMU, PACKET_SAMPLES, PACKET_MILLIS), packets, LinkFaults.NONE);
            CallPlayer.play(List.of(call), LISTEN_AFTER);
            Path sent = write("call-said.wav", packets);
            Path received = write("call-heard.wav", call.returned());
            return describe(call, gateway, sent, received);
        }
    }

    private Gateway startGateway() throws IOException {
        IOException last = null;
        for (int port = MIN_PORT; port < MAX_PORT; port += 2) {
            try {
                return Gateway.start(new GatewaySettings(platform.bootstrapServers()).rtp(port, port + 1));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static void awaitTopics(Gateway gateway) throws IOException {
        long deadline = System.nanoTime() + TOPICS_TIMEOUT.toNanos();
        while (!gateway.isReading()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The gateway has not found the topic of enhanced frames within "
                        + TOPICS_TIMEOUT.toSeconds() + " seconds.");
            }
            try {
                Thread.sleep(PACKET_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while starting the gateway.", e);
            }
        }
    }

    private static List<byte[]> packets(float[] samples) {
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + PACKET_SAMPLES <= samples.length; at += PACKET_SAMPLES) {
            byte[] packet = new byte[PACKET_SAMPLES];
            G711.encodeMuLaw(samples, at, packet, 0, PACKET_SAMPLES);
            packets.add(packet);
        }
        return packets;
    }

    private Path write(String name, List<byte[]> packets) throws IOException {
        float[] samples = new float[packets.size() * PACKET_SAMPLES];
        for (int i = 0; i < packets.size(); i++) {
            // A packet that did not come back is written as silence.
            if (packets.get(i) != null) {
                G711.decodeMuLaw(packets.get(i), 0, samples, i * PACKET_SAMPLES, PACKET_SAMPLES);
            }
        }
        Path file = out.resolve(name);
        AudioFiles.writeWav(file, new AudioClip(samples, SAMPLE_RATE_HZ));
        return file;
    }

    private static String describe(RtpCall call, Gateway gateway, Path sent, Path received) {
        long[] delays = call.sortedDelayNanos();
        return String.format(
                Locale.ROOT,
                "%d packets sent, %d received; %.1f %% of them dry.%n"
                        + "Added delay, from packet to packet: p50 %.0f ms, p99 %.0f ms.%n"
                        + "Sent:     %s%nReceived: %s%n",
                call.packets(),
                delays.length,
                100 * gateway.counters().dryShare(),
                quantile(delays, 0.5) / NANOS_PER_MILLI,
                quantile(delays, 0.99) / NANOS_PER_MILLI,
                sent,
                received);
    }

    private static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
