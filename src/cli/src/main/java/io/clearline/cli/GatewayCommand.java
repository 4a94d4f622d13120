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

/** Live audio of telephony and browsers into Kafka and back, until it is stopped. */
@Command(
        name = "gateway",
        description =
                "Take calls by RTP, AudioSocket and WebSocket, send them through Kafka, and send the enhanced audio"
                        + " back, until Ctrl-C.")
final class GatewayCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    /** Below it no enhanced frame comes in time; above it nobody calls any more, and the play-out has no room. */
    private static final int MIN_DELAY_MILLIS = 40;

    private static final int MAX_DELAY_MILLIS = 1000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rtp",
            paramLabel = "FIRST-LAST",
            description = "UDP ports for RTP, such as 4000-4100: each even one a call, the one above it its RTCP.")
    private String rtp;

    @Option(names = "--audiosocket", paramLabel = "PORT", description = "TCP port for Asterisk's AudioSocket.")
    private int audioSocket = GatewaySettings.OFF;

    @Option(
            names = "--websocket",
            paramLabel = "PORT",
            description = "TCP port for WebSocket: /twilio as Twilio's Media Streams, /asterisk as Asterisk's channel"
                    + " driver, /audio plain samples.")
    private int webSocket = GatewaySettings.OFF;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Port on loopback for status, metrics and sessions; 0 takes a free one"
                    + " (default: ${DEFAULT-VALUE}).")
    private int http;

    @Option(
            names = "--sdp",
            paramLabel = "FILE",
            description = "A call by RTP that this SDP describes; its stream is named as the file. Repeatable.")
    private List<Path> sdps = new ArrayList<>();

    @Option(
            names = "--max-delay",
            paramLabel = "MS",
            defaultValue = "200",
            description = "The most that a call is delayed; what is not enhanced by then is played dry"
                    + " (default: ${DEFAULT-VALUE}).")
    private int maxDelayMillis;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "A call that sends nothing for so long ends, save one by --sdp or POST /sessions"
                    + " (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Calls at the same time (default: ${DEFAULT-VALUE}).")
    private int maxSessions;

    @Option(
            names = "--max-sessions-per-peer",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Calls of one address at the same time (default: ${DEFAULT-VALUE}).")
    private int maxSessionsPerPeer;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description =
                    "First part of stream ids, unique among the gateways of one Kafka (default: made of the time).")
    private String instance;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "After Ctrl-C or SIGTERM, wait so long for calls to end (default: ${DEFAULT-VALUE}).")
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
                    spec.commandLine(), "Which protocol? Give --rtp, --audiosocket or --websocket, or several.");
        }
        if (maxDelayMillis < MIN_DELAY_MILLIS || maxDelayMillis > MAX_DELAY_MILLIS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --max-delay within " + MIN_DELAY_MILLIS + ".." + MAX_DELAY_MILLIS + ", found "
                            + maxDelayMillis + ".");
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

    private void addRtp(GatewaySettings settings) {
        if (rtp == null) {
            return;
        }
        Matcher range = RANGE.matcher(rtp);
        if (!range.matches()) {
            throw new ParameterException(
                    spec.commandLine(), "Expected --rtp FIRST-LAST, such as 4000-4100, found " + rtp);
        }
        try {
            settings.rtp(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    /** A gateway starts without Kafka too: its calls are dry until Kafka is there. */
    private void warnWithoutKafka() {
        try {
            kafka.requireTopics(kafka.topics().rawFrames(), kafka.topics().enhancedFrames());
        } catch (IOException e) {
            System.err.println(e.getMessage() + " Calls are taken all the same, and go dry until then.");
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
            throw new IOException(sdp + " names a stream; expected letters, digits and . _ : @ + -.");
        }
        try {
            SdpDescription description = SdpDescription.parse(Files.readString(sdp));
            int port = gateway.signal(name, description, null);
            System.out.println("Stream      " + name + " at RTP port " + port);
            if (description.srtp() != null) {
                System.out.println("            for its SDP: a=crypto:"
                        + description.srtp().answer());
            }
        } catch (BadPacketException | SessionRefusedException e) {
            throw new IOException(sdp + ": " + e.getMessage(), e);
        }
    }

    private void drain(Gateway gateway) {
        try {
            if (!gateway.drain(Duration.ofSeconds(drainSeconds))) {
                System.err.println("clearline: " + gateway.sessions().size() + " calls had not ended; ending them.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
    }
}
