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
package io.clearline.gateway.audiosocket;

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.MediaLoops;
import io.clearline.gateway.media.SessionContext;
import io.clearline.gateway.media.TcpServer;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Opens the AudioSocket port of a gateway. Stateless. */
public final class AudioSocketServer {
    private AudioSocketServer() {}

    /**
     * Opens the port.
     *
     * @param port 0 picks a free one
     * @throws IOException if the port cannot be opened; the message names it
     */
    public static TcpServer open(
            MediaLoops loops, SessionContext context, InetAddress address, int port, AllowList allowed)
            throws IOException {
        return TcpServer.open(
                loops,
                address,
                port,
                allowed,
                (connection, loop) -> connection
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(
                                context.settings().idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
                        .addLast(decoder())
                        .addLast(new AudioSocketHandler(context, loop)),
                "AudioSocket (--audiosocket)");
    }

    /** Returns a decoder that cuts the byte stream into messages. */
    static LengthFieldBasedFrameDecoder decoder() {
        int maxBytes = AudioSocketMessage.HEADER_BYTES + AudioSocketMessage.MAX_PAYLOAD_BYTES;
        return new LengthFieldBasedFrameDecoder(maxBytes, 1, Short.BYTES, 0, 0);
    }
}
