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
package io.clearline.gateway.http;

import io.clearline.gateway.Gateway;
import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.TcpServer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;

/** Opens the HTTP port of a gateway, on loopback only. Stateless. */
public final class HttpServer {
    /** Session descriptions are a few kilobytes. */
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int TIMEOUT_SECONDS = 60;

    private HttpServer() {}

    /**
     * Opens the port.
     *
     * @param loops must not carry audio
     * @param port 0 picks a free one
     * @throws IOException if the port cannot be opened; the message names it
     */
    public static TcpServer open(MediaLoops loops, Gateway gateway, int port, AccessToken token) throws IOException {
        GatewayMetrics metrics = new GatewayMetrics(gateway);
        return TcpServer.open(
                loops,
                InetAddress.getLoopbackAddress(),
                port,
                AllowList.EVERYONE,
                (connection, loop) -> connection
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(TIMEOUT_SECONDS))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                        .addLast(new HttpApi(gateway, metrics, token)),
                "status and metrics (--http)");
    }
}
