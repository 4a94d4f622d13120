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
package io.clearline.gateway.media;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A TCP port whose connections are spread over the loops. Any thread uses it. */
public final class TcpServer implements AutoCloseable {
    /** What waits for a slow peer, of frames of 20 ms: about a second; more is dropped. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 64 << 10);

    /** Makes the handlers of a connection. */
    public interface Pipeline {
        void addTo(SocketChannel connection, MediaLoop loop);
    }

    private final Channel listening;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private TcpServer(MediaLoops loops, InetSocketAddress address, AllowList allowed, Pipeline pipeline, String what)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        if (!allowed.allows(connection.remoteAddress().getAddress())) {
                            connection.close();
                            return;
                        }
                        connections.add(connection);
                        pipeline.addTo(connection, loops.of(connection.eventLoop()));
                    }
                });
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Port " + address.getPort() + " of " + address.getHostString() + " can't be opened for " + what
                            + ": " + bound.cause().getMessage() + ". Stop what listens there, or choose another port.",
                    bound.cause());
        }
        listening = bound.channel();
    }

    /**
     * Listens.
     *
     * @param port 0: any free one
     * @param what the protocol, and the option that says the port, for an error
     * @throws IOException that names the port, when it is in use
     */
    public static TcpServer open(
            MediaLoops loops, InetAddress address, int port, AllowList allowed, Pipeline pipeline, String what)
            throws IOException {
        return new TcpServer(loops, new InetSocketAddress(address, port), allowed, pipeline, what);
    }

    /** Where it listens. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Takes no more connections; those that are there go on. */
    public void stopListening() {
        listening.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        stopListening();
        connections.close().awaitUninterruptibly();
    }
}
