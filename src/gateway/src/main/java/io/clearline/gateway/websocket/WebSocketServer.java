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
package io.clearline.gateway.websocket;

import io.clearline.gateway.http.AccessToken;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.StreamIds;
import io.clearline.gateway.media.TcpServer;
import io.clearline.gateway.tls.ServerTls;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Opens the WebSocket port of a gateway. The path selects the protocol: {@code /audio} for the plain one,
 * {@code /twilio} for Twilio's Media Streams, {@code /asterisk} for Asterisk's WebSocket channel driver. Stateless.
 */
public final class WebSocketServer {
    private static final int MAX_HANDSHAKE_BYTES = 16 * 1024;

    private WebSocketServer() {}

    /**
     * Opens the port.
     *
     * @param address port 0 picks a free one
     * @param tls null serves without TLS
     * @throws IOException if the port cannot be opened; the message names it
     */
    public static TcpServer open(
            MediaLoops loops,
            SessionContext context,
            InetSocketAddress address,
            AllowList allowed,
            StreamIds ids,
            AccessToken token,
            ServerTls tls)
            throws IOException {
        long idleMillis = context.settings().idleTimeout().toMillis();
        return TcpServer.open(
                loops,
                address.getAddress(),
                address.getPort(),
                allowed,
                (connection, loop) -> {
                    protect(connection, tls);
                    connection
                            .pipeline()
                            .addLast(new ReadTimeoutHandler(idleMillis, TimeUnit.MILLISECONDS))
                            .addLast(new HttpServerCodec())
                            .addLast(new HttpObjectAggregator(MAX_HANDSHAKE_BYTES))
                            .addLast(new HandshakeHandler(new StreamOpener(context, loop, ids), token));
                },
                "WebSocket (--websocket)");
    }

    private static void protect(SocketChannel connection, ServerTls tls) {
        if (tls != null) {
            tls.protect(connection);
        }
    }
}
