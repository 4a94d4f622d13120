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

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A peer that sends packets when a test says so, and records what returns. */
final class TestPeer implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress gateway;
    private final List<RtpPacket> received = new CopyOnWriteArrayList<>();
    private final List<byte[]> datagrams = new CopyOnWriteArrayList<>();

    TestPeer(int gatewayPort) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), gatewayPort);
        Thread listener = new Thread(this::listen, "test-peer");
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            try {
                DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                byte[] bytes = Arrays.copyOf(buffer, datagram.getLength());
                datagrams.add(bytes);
                received.add(RtpPacket.parse(bytes, System.nanoTime()));
            } catch (IOException | BadPacketException e) {
                // The socket was closed, or an RTCP report arrived.
                continue;
            }
        }
    }

    void send(int payloadType, int sequence, int timestamp, int ssrc, byte[] payload) throws IOException {
        send(RtpPacket.write(payloadType, false, sequence & 0xffff, timestamp, ssrc, payload, payload.length));
    }

    void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, gateway));
    }

    void sendTo(int port, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, gateway.getAddress(), port));
    }

    List<RtpPacket> received() {
        return received;
    }

    /** Returns all datagrams that arrived, RTP or not. */
    List<byte[]> datagrams() {
        return datagrams;
    }

    @Override
    public void close() {
        socket.close();
    }
}
