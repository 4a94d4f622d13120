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

/** A listening TCP port whose connections are spread over the event loops. Thread-safe. */
public final class TcpServer implements AutoCloseable {
    /**
     * Limits what is buffered for a slow peer to about a second of 20 ms frames. Above the mark the channel is not
     * writable, and handlers drop frames.
     */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 64 << 10);

    /** Limit for one port, counting connections without a session too. Further ones are closed at once. */
    private static final int MAX_CONNECTIONS = 4096;

    /** Adds the handlers of a protocol to a new connection. */
    public interface Pipeline {
        /** Adds the handlers. Called on the loop of the connection. */
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
                        boolean full = connections.size() >= MAX_CONNECTIONS;
                        if (full || !allowed.allows(connection.remoteAddress().getAddress())) {
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
                    "Port " + address.getPort() + " of " + address.getHostString() + " cannot be opened for " + what
                            + ": " + bound.cause().getMessage()
                            + ". Stop the program that listens there, or choose another port.",
                    bound.cause());
        }
        listening = bound.channel();
    }

    /**
     * Opens the port and accepts connections.
     *
     * @param port 0 picks a free one
     * @param allowed other clients are disconnected at once
     * @param what the protocol and the option that sets the port, for the error message
     * @throws IOException if the port cannot be opened; the message names it
     */
    public static TcpServer open(
            MediaLoops loops, InetAddress address, int port, AllowList allowed, Pipeline pipeline, String what)
            throws IOException {
        return new TcpServer(loops, new InetSocketAddress(address, port), allowed, pipeline, what);
    }

    /** Returns the port on which the server listens. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Accepts no more connections. Open connections are kept. */
    public void stopListening() {
        listening.close().awaitUninterruptibly();
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        stopListening();
        connections.close().awaitUninterruptibly();
    }
}
