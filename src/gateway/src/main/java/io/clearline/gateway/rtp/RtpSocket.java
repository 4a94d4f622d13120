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
package io.clearline.gateway.rtp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A UDP port that delivers its datagrams on an event loop. */
final class RtpSocket implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 1 << 18;

    /** Receives datagrams. */
    interface Receiver {
        /**
         * Receives a datagram.
         *
         * @param arrivalNanos on the clock of {@link System#nanoTime}
         */
        void datagram(byte[] bytes, InetSocketAddress from, long arrivalNanos);
    }

    private static final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Receiver receiver;

        private Handler(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            receiver.datagram(ByteBufUtil.getBytes(datagram.content()), datagram.sender(), System.nanoTime());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // For example "port unreachable" if the peer has gone. The session recovers, or ends by its idle timeout.
        }
    }

    private final Channel channel;

    private RtpSocket(Channel channel) {
        this.channel = channel;
    }

    /**
     * Opens a port. Must not be called on the loop.
     *
     * @throws IOException if the port cannot be opened; the message names it
     */
    static RtpSocket open(EventLoop loop, InetAddress address, int port, Receiver receiver) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
                .handler(new Handler(receiver));
        var bound = bootstrap.bind(address, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "UDP port " + port + " of " + address.getHostAddress() + " cannot be opened for RTP: "
                            + bound.cause().getMessage() + ". Choose another range with --rtp FIRST-LAST.",
                    bound.cause());
        }
        return new RtpSocket(bound.channel());
    }

    /** Sends a datagram. A datagram that cannot be sent is dropped silently, as is usual for UDP. */
    void send(byte[] bytes, InetSocketAddress to) {
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), to), channel.voidPromise());
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close();
    }
}
