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

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.SessionSettings;
import io.clearline.gateway.rtp.RtpAddress;
import io.clearline.gateway.tls.ServerTls;
import io.clearline.kafka.Topics;
import java.net.InetAddress;
import java.util.Properties;

/**
 * The settings with which a gateway starts: a builder whose methods return itself. By default the gateway listens on
 * loopback and serves no protocol. Thread-confined; must not be changed once {@link Gateway#start} has been called.
 */
public final class GatewaySettings {
    /** Stands for the port of a protocol that is not served. */
    public static final int OFF = -1;

    private static final int DEFAULT_MAX_SESSIONS = 2000;

    final String bootstrapServers;
    Topics topics = Topics.DEFAULT;
    Properties kafka = new Properties();
    String instance = "gw" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    InetAddress address = InetAddress.getLoopbackAddress();
    AllowList allowed = AllowList.EVERYONE;
    RtpAddress rtp;
    int audioSocketPort = OFF;
    int webSocketPort = OFF;
    int httpPort = OFF;
    String token = "";
    ServerTls tls;
    SessionSettings sessions = SessionSettings.DEFAULT;
    int maxSessions = DEFAULT_MAX_SESSIONS;
    int maxSessionsPerPeer = DEFAULT_MAX_SESSIONS;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /**
     * Makes settings without any protocol.
     *
     * @param bootstrapServers the Kafka brokers, as {@code HOST:PORT,HOST:PORT}
     */
    public GatewaySettings(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Sets the topics and the options of the Kafka clients.
     *
     * @param clientSettings for the producer and the consumer alike, for example security; may be empty
     */
    public GatewaySettings kafka(Topics newTopics, Properties clientSettings) {
        topics = newTopics;
        kafka = clientSettings;
        return this;
    }

    /**
     * Sets the prefix of the stream ids that the gateway assigns. The default derives from the start time.
     *
     * @param name unique among the gateways on one Kafka cluster
     */
    public GatewaySettings instance(String name) {
        instance = name;
        return this;
    }

    /** Sets the address on which audio is accepted, and the clients that may connect. */
    public GatewaySettings listenOn(InetAddress newAddress, AllowList newAllowed) {
        address = newAddress;
        allowed = newAllowed;
        return this;
    }

    /**
     * Serves RTP on a range of ports of the address. Call {@link #listenOn} first.
     *
     * @throws IllegalArgumentException if the range has no even port with one above it
     */
    public GatewaySettings rtp(int firstPort, int lastPort) {
        rtp = new RtpAddress(address, firstPort, lastPort);
        return this;
    }

    /** Serves AudioSocket. Port 0 picks a free one. */
    public GatewaySettings audioSocket(int port) {
        audioSocketPort = port;
        return this;
    }

    /** Serves WebSocket. Port 0 picks a free one. */
    public GatewaySettings webSocket(int port) {
        webSocketPort = port;
        return this;
    }

    /** Serves status, metrics and session control by HTTP, on loopback only. Port 0 picks a free one. */
    public GatewaySettings http(int port) {
        httpPort = port;
        return this;
    }

    /**
     * Sets the access token of WebSocket and HTTP.
     *
     * @param secret what clients must present; empty requires no token
     */
    public GatewaySettings token(String secret) {
        token = secret;
        return this;
    }

    /**
     * Sets the TLS configuration of the WebSocket port.
     *
     * @param newTls null serves WebSocket without TLS
     */
    public GatewaySettings tls(ServerTls newTls) {
        tls = newTls;
        return this;
    }

    /** Sets delays, timeouts and limits that apply to every session. */
    public GatewaySettings sessions(SessionSettings settings) {
        sessions = settings;
        return this;
    }

    /**
     * Limits the number of concurrent sessions.
     *
     * @param all of all peers together
     * @param ofOnePeer of one peer address
     */
    public GatewaySettings maxSessions(int all, int ofOnePeer) {
        maxSessions = all;
        maxSessionsPerPeer = ofOnePeer;
        return this;
    }

    /** Sets how many event loops carry the sessions. The default is half of the processors. */
    public GatewaySettings threads(int count) {
        threads = count;
        return this;
    }
}
