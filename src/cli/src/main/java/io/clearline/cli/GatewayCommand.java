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

import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.rtp.BadPacketException;
import io.clearline.gateway.rtp.SdpDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearline gateway}: bridges live calls of telephony and browsers to Kafka and back, until it is stopped. */
@Command(
        name = "gateway",
        description = "Accept calls by RTP, AudioSocket and WebSocket, send their audio through Kafka, and return the"
                + " enhanced audio, until Ctrl-C.")
final class GatewayCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    /** With a shorter delay, enhanced frames would never be in time. */
    private static final int MIN_DELAY_MILLIS = 40;

    /** A longer delay exceeds the capacity of the play-out buffer, and makes a conversation impossible. */
    private static final int MAX_DELAY_MILLIS = 1000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rtp",
            paramLabel = "FIRST-LAST",
            description = "UDP ports for RTP, such as 4000-4100: each even port receives a call, and the next port its"
                    + " RTCP.")
    private String rtp;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(names = "--audiosocket", paramLabel = "PORT", description = "TCP port for Asterisk's AudioSocket.")
    private int audioSocket = GatewaySettings.OFF;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--websocket",
            paramLabel = "PORT",
            description = "TCP port for WebSocket: /twilio for Twilio Media Streams, /asterisk for Asterisk's channel"
                    + " driver, /audio for plain samples.")
    private int webSocket = GatewaySettings.OFF;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Port on loopback for status, metrics and sessions; 0 selects a free port"
                    + " (default: ${DEFAULT-VALUE}).")
    private int http;

    @Option(
            names = "--sdp",
            paramLabel = "FILE",
            description = "SDP file that describes an RTP call; the name of the file is the stream id. Repeatable.")
    private List<Path> sdps = new ArrayList<>();

    @Within(min = MIN_DELAY_MILLIS, max = MAX_DELAY_MILLIS)
    @Option(
            names = "--max-delay",
            paramLabel = "MS",
            defaultValue = "200",
            description = "Maximum delay of a call. Audio that is not enhanced by then is played without enhancement"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxDelayMillis;

    @Within(min = 1)
    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "End a call that sends nothing for this time, except one of --sdp or POST /sessions"
                    + " (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Within(min = 1)
    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Largest number of concurrent calls (default: ${DEFAULT-VALUE}).")
    private int maxSessions;

    @Within(min = 1)
    @Option(
            names = "--max-sessions-per-peer",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Largest number of concurrent calls of one address (default: ${DEFAULT-VALUE}).")
    private int maxSessionsPerPeer;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description =
                    "First part of the stream ids, unique among the gateways of a Kafka cluster (default: derived from"
                            + " the time).")
    private String instance;

    @Within(min = 0)
    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time to wait for calls to end after Ctrl-C or SIGTERM (default: ${DEFAULT-VALUE}).")
    private int drainSeconds;

    @Mixin
    private GatewayAccessOptions access;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException, InterruptedException {
        GatewaySettings settings = settings();
        warnWithoutKafka();
        Gateway gateway = Gateway.start(settings);
        Shutdown.closeAtExit(Duration.ofSeconds(drainSeconds), () -> drain(gateway));
        print(gateway);
        for (Path sdp : sdps) {
            signal(gateway, sdp);
        }
        System.out.println("Stop with Ctrl-C.");
        new CountDownLatch(1).await();
        return 0;
    }

    private GatewaySettings settings() throws IOException {
        if (rtp == null && audioSocket == GatewaySettings.OFF && webSocket == GatewaySettings.OFF) {
            throw new ParameterException(
                    spec.commandLine(), "Missing protocol. Give one or more of --rtp, --audiosocket and --websocket.");
        }
        requireDistinctPorts();
        // What follows in an id, such as -ws-17, has room in the rest of the job's 256 bytes.
        if (instance != null && !StreamIds.isAllowed(instance)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --instance of 1 to 200 letters, digits and . _ : @ / + -, found \"" + instance + "\".");
        }
        GatewaySettings settings = new GatewaySettings(kafka.bootstrapServers())
                .kafka(kafka.topics(), kafka.settings())
                .listenOn(access.address(), access.allowList())
                .audioSocket(audioSocket)
                .webSocket(webSocket)
                .http(http)
                .token(access.token())
                .tls(access.tls(webSocket != GatewaySettings.OFF))
                .sessions(SessionSettings.DEFAULT
                        .withMaxDelay(Duration.ofMillis(maxDelayMillis))
                        .withIdleTimeout(Duration.ofSeconds(idleSeconds)))
                .maxSessions(maxSessions, maxSessionsPerPeer);
        if (instance != null) {
            settings.instance(instance);
        }
        addRtp(settings);
        return settings;
    }

    private void requireDistinctPorts() throws IOException {
        DistinctPorts ports = new DistinctPorts(spec.commandLine())
                .with("--audiosocket", audioSocket)
                .with("--websocket", webSocket);
        // Status and metrics are on loopback, whatever the address of the audio.
        if (access.address().isLoopbackAddress() || access.address().isAnyLocalAddress()) {
            ports.with("--http", http);
        }
    }

    private void addRtp(GatewaySettings settings) {
        if (rtp == null) {
            return;
        }
        Matcher range = RANGE.matcher(rtp);
        if (!range.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "Expected --rtp FIRST-LAST, such as 4000-4100, found " + rtp + ".");
        }
        try {
            settings.rtp(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** Prints a warning if Kafka is not available. The gateway starts all the same; calls are dry until then. */
    private void warnWithoutKafka() {
        try {
            kafka.requireTopics(kafka.topics().rawFrames(), kafka.topics().enhancedFrames());
        } catch (IOException e) {
            System.err.println(e.getMessage() + " The gateway accepts calls but returns their audio dry until then.");
        }
    }

    private void print(Gateway gateway) {
        String address = gateway.address().getHostAddress();
        List<Integer> ports = gateway.rtpPorts();
        if (!ports.isEmpty()) {
            System.out.println("RTP         " + address + " ports " + ports.get(0) + " to "
                    + ports.get(ports.size() - 1) + ", " + ports.size() + " calls");
        }
        if (gateway.audioSocketPort() != GatewaySettings.OFF) {
            System.out.println("AudioSocket " + address + ":" + gateway.audioSocketPort());
        }
        if (gateway.webSocketPort() != GatewaySettings.OFF) {
            String scheme = access.isByTls() ? "wss" : "ws";
            System.out.println("WebSocket   " + scheme + "://" + address + ":" + gateway.webSocketPort()
                    + "/audio, /asterisk and /twilio");
        }
        System.out.println("Status      http://127.0.0.1:" + gateway.httpPort() + "/sessions and /metrics");
    }

    private static void signal(Gateway gateway, Path sdp) throws IOException {
        String name = sdp.getFileName().toString().replaceFirst("\\.sdp$", "");
        if (!StreamIds.isAllowed(name)) {
            throw new IOException(
                    "The name of " + sdp + " is a stream id. Expected 1 to 200 letters, digits and . _ : @ + -.");
        }
        try {
            SdpDescription description = SdpDescription.parse(Files.readString(sdp));
            int port = gateway.signal(name, description, null);
            System.out.println("Stream      " + name + " at RTP port " + port);
            if (description.srtp() != null) {
                System.out.println(
                        "            answer with a=crypto:" + description.srtp().answer());
            }
        } catch (BadPacketException | SessionRefusedException e) {
            throw new IOException(sdp + ": " + e.getMessage(), e);
        }
    }

    private void drain(Gateway gateway) {
        try {
            if (!gateway.drain(Duration.ofSeconds(drainSeconds))) {
                System.err.println(
                        "clearline: " + gateway.sessions().size() + " calls have not ended in time; ending them.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
    }
}
