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
 * Carries live audio of telephony and browsers into Kafka, and returns the enhanced audio on the same connections. A
 * few event loops ({@link MediaLoops}) serve all sessions.
 *
 * <p>The gateway does not depend on Kafka being available. While Kafka is away, calls are played dry, that is without
 * enhancement; they are enhanced again as soon as Kafka returns.
 *
 * <p>Thread-safe. Methods that wait for an audio loop must not be called on one, since they would deadlock.
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
    /** Serves HTTP on a thread of its own, so that a slow request never delays audio. */
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
     * Opens the ports and starts to connect to Kafka. Returns without waiting for Kafka; the clients retry until it is
     * available.
     *
     * @param settings must not be changed afterwards
     * @throws IOException if a port cannot be opened; the message names the port
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

    /** Returns the RTP ports in ascending order; empty if RTP is not served. */
    public List<Integer> rtpPorts() {
        return rtp == null ? List.of() : rtp.ports();
    }

    /** Returns the port of AudioSocket, or {@link GatewaySettings#OFF} if it is not served. */
    public int audioSocketPort() {
        return audioSocket == null ? GatewaySettings.OFF : audioSocket.port();
    }

    /** Returns the port of WebSocket, or {@link GatewaySettings#OFF} if it is not served. */
    public int webSocketPort() {
        return webSocket == null ? GatewaySettings.OFF : webSocket.port();
    }

    /** Returns the port of status and metrics, or {@link GatewaySettings#OFF} if they are not served. */
    public int httpPort() {
        return http == null ? GatewaySettings.OFF : http.port();
    }

    /** Returns the address on which the gateway listens for audio. */
    public InetAddress address() {
        return address;
    }

    /**
     * Reserves an RTP port for a session that a session description announces. Must not be called on an audio loop.
     *
     * @param streamId the key of the session's records in Kafka
     * @param returnTo where enhanced audio is sent; null sends it back to where the audio comes from
     * @return the port to which the peer sends RTP; RTCP uses the port above it
     * @throws SessionRefusedException if RTP is not served, the gateway is stopping, or no port is free
     */
    public int signal(String streamId, SdpDescription description, InetSocketAddress returnTo)
            throws SessionRefusedException {
        if (rtp == null || !accepting) {
            throw new SessionRefusedException(
                    rtp == null
                            ? "The gateway does not serve RTP. Start it with --rtp."
                            : "The gateway is stopping and accepts no more sessions.");
        }
        return rtp.signal(streamId, description, returnTo);
    }

    /**
     * Ends the session of a stream, whatever its protocol. Must not be called on an audio loop.
     *
     * @return whether the stream had a session
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

    /** Returns the counters of all sessions together, including those that have ended. */
    public SessionCounters counters() {
        return counters;
    }

    /** Returns the delay from the arrival of a packet until it was played, over all sessions since the start. */
    public MillisHistogram addedDelay() {
        return addedDelay;
    }

    /** Returns the running session of a stream. */
    public Optional<MediaSession> session(String streamId) {
        return directory.find(streamId);
    }

    /** Returns a snapshot of the running sessions. */
    public List<MediaSession> sessions() {
        return List.copyOf(directory.all());
    }

    /** Returns whether Kafka has acknowledged a frame within the last five seconds. */
    public boolean isDelivering() {
        return producer.isDelivering();
    }

    /** Returns whether the topic of enhanced frames has been found and is being read. */
    public boolean isReading() {
        return consumer.isReading();
    }

    /**
     * Stops accepting sessions, and waits until the running ones have ended.
     *
     * @param atMost how long to wait; sessions that are left keep running until {@link #close}
     * @return whether all sessions ended within that time
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

    /** Ends all sessions, sends the job their last frames, and closes all ports and both Kafka clients. */
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
