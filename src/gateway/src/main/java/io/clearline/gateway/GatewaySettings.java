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

/** What a gateway is started with. Made step by step, and read-only once the gateway has it. One thread makes it. */
public final class GatewaySettings {
    /** Of a port: this protocol is not served. */
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

    /** Of a gateway to this Kafka, on loopback, with no protocol yet. */
    public GatewaySettings(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** @param clientSettings of the Kafka client, security for example */
    public GatewaySettings kafka(Topics newTopics, Properties clientSettings) {
        topics = newTopics;
        kafka = clientSettings;
        return this;
    }

    /** @param name first part of the stream ids that the gateway makes, unique among the gateways of one Kafka */
    public GatewaySettings instance(String name) {
        instance = name;
        return this;
    }

    /** Where it listens, and who may come. */
    public GatewaySettings listenOn(InetAddress newAddress, AllowList newAllowed) {
        address = newAddress;
        allowed = newAllowed;
        return this;
    }

    /** Serves RTP on these ports of the address. */
    public GatewaySettings rtp(int firstPort, int lastPort) {
        rtp = new RtpAddress(address, firstPort, lastPort);
        return this;
    }

    /** Serves AudioSocket; 0: on any free port. */
    public GatewaySettings audioSocket(int port) {
        audioSocketPort = port;
        return this;
    }

    /** Serves WebSocket; 0: on any free port. */
    public GatewaySettings webSocket(int port) {
        webSocketPort = port;
        return this;
    }

    /** Serves status, metrics and sessions by HTTP on loopback; 0: on any free port. */
    public GatewaySettings http(int port) {
        httpPort = port;
        return this;
    }

    /** @param secret that WebSocket and HTTP clients must show; empty: none */
    public GatewaySettings token(String secret) {
        token = secret;
        return this;
    }

    /** @param newTls of WebSocket; null: none */
    public GatewaySettings tls(ServerTls newTls) {
        tls = newTls;
        return this;
    }

    /** What holds for every session. */
    public GatewaySettings sessions(SessionSettings settings) {
        sessions = settings;
        return this;
    }

    /** How many sessions there may be, of all peers and of one address. */
    public GatewaySettings maxSessions(int all, int ofOnePeer) {
        maxSessions = all;
        maxSessionsPerPeer = ofOnePeer;
        return this;
    }

    /** @param count of the event loops that carry the sessions */
    public GatewaySettings threads(int count) {
        threads = count;
        return this;
    }
}
