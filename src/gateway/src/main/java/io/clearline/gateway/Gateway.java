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
package io.clearline.gateway;

import io.clearline.gateway.audiosocket.AudioSocketServer;
import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.http.HttpServer;
import io.clearline.gateway.kafka.EnhancedConsumer;
import io.clearline.gateway.kafka.FrameProducer;
import io.clearline.gateway.kafka.SessionDelivery;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.MillisHistogram;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.SessionDirectory;
import io.clearline.gateway.media.SessionRefusedException;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.TcpServer;
import io.clearline.gateway.rtp.RtpPorts;
import io.clearline.gateway.rtp.SdpDescription;
import io.clearline.gateway.websocket.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Live audio of telephony and browsers into Kafka, and the enhanced audio back on the connections that it came by. A
 * few threads carry all sessions. Kafka may be away at any time: calls go on dry, and come back by themselves.
 */
public final class Gateway implements AutoCloseable {
    private static final long DRAIN_POLL_MILLIS = 50;

    private final InetAddress address;
    private final SessionDirectory directory;
    private final SessionCounters counters = new SessionCounters(null);
    private final MillisHistogram addedDelay = new MillisHistogram(null);
    private final FrameProducer producer;
    private final EnhancedConsumer consumer;
    private final MediaLoops loops;
    private volatile boolean accepting = true;
    private RtpPorts rtp;
    private TcpServer audioSocket;
    private TcpServer webSocket;
    private TcpServer http;
    /** Of HTTP: no request holds up audio. */
    private MediaLoops httpLoop;

    private Gateway(GatewaySettings settings) throws IOException {
        address = settings.address;
        directory = new SessionDirectory(settings.maxSessions, settings.maxSessionsPerPeer);
        producer = new FrameProducer(settings.bootstrapServers, settings.topics.rawFrames(), settings.kafka);
        consumer = new EnhancedConsumer(
                settings.bootstrapServers,
                settings.topics.enhancedFrames(),
                settings.kafka,
                new SessionDelivery(directory));
        loops = new MediaLoops(settings.threads);
    }

    /**
     * Opens the ports and connects to Kafka, or goes on trying to.
     *
     * @throws IOException that names the port, when one is in use
     */
    public static Gateway start(GatewaySettings settings) throws IOException {
        Gateway gateway = new Gateway(settings);
        try {
            gateway.open(settings);
        } catch (IOException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    private void open(GatewaySettings settings) throws IOException {
        SessionContext context = new SessionContext(producer, settings.sessions, counters, addedDelay, directory);
        StreamIds ids = new StreamIds(settings.instance);
        AccessToken token = new AccessToken(settings.token);
        if (settings.rtp != null) {
            rtp = RtpPorts.open(loops, context, settings.rtp, settings.allowed, ids, () -> accepting);
        }
        if (settings.audioSocketPort != GatewaySettings.OFF) {
            audioSocket = AudioSocketServer.open(
                    loops, context, settings.address, settings.audioSocketPort, settings.allowed);
        }
        if (settings.webSocketPort != GatewaySettings.OFF) {
            InetSocketAddress where = new InetSocketAddress(settings.address, settings.webSocketPort);
            webSocket = WebSocketServer.open(loops, context, where, settings.allowed, ids, token, settings.tls);
        }
        if (settings.httpPort != GatewaySettings.OFF) {
            httpLoop = new MediaLoops(1);
            http = HttpServer.open(httpLoop, this, settings.httpPort, token);
        }
        producer.start();
        consumer.start();
    }

    /** The RTP ports, in order; none when RTP is not served. */
    public List<Integer> rtpPorts() {
        return rtp == null ? List.of() : rtp.ports();
    }

    /** Where AudioSocket is served; {@link GatewaySettings#OFF}: nowhere. */
    public int audioSocketPort() {
        return audioSocket == null ? GatewaySettings.OFF : audioSocket.port();
    }

    /** Where WebSocket is served; {@link GatewaySettings#OFF}: nowhere. */
    public int webSocketPort() {
        return webSocket == null ? GatewaySettings.OFF : webSocket.port();
    }

    /** Where status and metrics are served; {@link GatewaySettings#OFF}: nowhere. */
    public int httpPort() {
        return http == null ? GatewaySettings.OFF : http.port();
    }

    /** Where it listens for audio. */
    public InetAddress address() {
        return address;
    }

    /**
     * Takes an RTP port for a session that is described. Not on an audio loop.
     *
     * @param returnTo where enhanced audio goes; null: back to where the audio comes from
     * @return the port, to which the peer sends RTP
     * @throws SessionRefusedException when no port is free
     */
    public int signal(String streamId, SdpDescription description, InetSocketAddress returnTo)
            throws SessionRefusedException {
        if (rtp == null || !accepting) {
            throw new SessionRefusedException(
                    rtp == null ? "The gateway serves no RTP; start it with --rtp." : "The gateway is being stopped.");
        }
        return rtp.signal(streamId, description, returnTo);
    }

    /**
     * Ends the session of a stream, whatever it came by. Not on an audio loop.
     *
     * @return whether there was one
     */
    public boolean end(String streamId) {
        if (rtp != null && rtp.end(streamId)) {
            return true;
        }
        Optional<MediaSession> session = session(streamId);
        session.ifPresent(Gateway::end);
        return session.isPresent();
    }

    private static void end(MediaSession session) {
        session.loop().executor().submit(session::end).awaitUninterruptibly();
    }

    /** What was counted of all sessions. */
    public SessionCounters counters() {
        return counters;
    }

    /** From packets' arrival until they were played, of all sessions. */
    public MillisHistogram addedDelay() {
        return addedDelay;
    }

    /** The session of a stream. */
    public Optional<MediaSession> session(String streamId) {
        return directory.find(streamId);
    }

    /** The sessions that are there. */
    public List<MediaSession> sessions() {
        return List.copyOf(directory.all());
    }

    /** Whether Kafka has taken a frame in the last seconds. */
    public boolean isDelivering() {
        return producer.isDelivering();
    }

    /** Whether enhanced frames are read; false while Kafka has not been found. */
    public boolean isReading() {
        return consumer.isReading();
    }

    /**
     * Takes no new session and waits until those that are there have ended.
     *
     * @return whether all have ended in that time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        accepting = false;
        for (TcpServer server : servers()) {
            server.stopListening();
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        while (directory.size() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(DRAIN_POLL_MILLIS);
        }
        return directory.size() == 0;
    }

    private List<TcpServer> servers() {
        return Stream.of(audioSocket, webSocket).filter(Objects::nonNull).toList();
    }

    /** Ends the sessions, tells the job so, and closes everything. */
    @Override
    public void close() {
        accepting = false;
        for (MediaSession session : directory.all()) {
            end(session);
        }
        if (rtp != null) {
            rtp.close();
        }
        servers().forEach(TcpServer::close);
        if (http != null) {
            http.close();
        }
        if (httpLoop != null) {
            httpLoop.close();
        }
        loops.close();
        producer.close();
        consumer.close();
    }
}
