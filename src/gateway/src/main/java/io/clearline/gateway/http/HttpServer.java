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

/** Listens for HTTP on loopback. Stateless. */
public final class HttpServer {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int TIMEOUT_SECONDS = 10;

    private HttpServer() {}

    /**
     * Listens.
     *
     * @param loops that carry no audio
     * @param port 0: any free one
     * @throws IOException that names the port, when it is in use
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
