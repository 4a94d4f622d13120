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
package io.clearline.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A network link that can be cut, delayed and rate-limited: a TCP proxy from a free port of the loopback interface to
 * another port. Thread-safe. Each connection has two daemon threads, one for each direction.
 */
public final class FaultyLink implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final long MAX_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int targetPort;
    private volatile boolean cut;
    private volatile long delayNanos;
    /** Transmission time of one byte towards a client, in nanoseconds; 0 means unlimited. */
    private volatile double nanosPerByte;

    private FaultyLink(ServerSocket listener, int targetPort) {
        this.listener = listener;
        this.targetPort = targetPort;
    }

    /** Opens a link whose connections are forwarded to {@code targetPort} of the loopback interface. */
    public static FaultyLink to(int targetPort) throws IOException {
        FaultyLink link = new FaultyLink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), targetPort);
        start(link::acceptAll, "link-" + link.port());
        return link;
    }

    /** Returns the port to which clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Closes every connection and refuses new ones until {@link #heal}. */
    public void cut() throws IOException {
        cut = true;
        closeAll();
    }

    /** Delays every chunk that is read, in both directions, until {@link #heal}. */
    public void slow(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /**
     * Limits the rate of each connection towards its client, until the next call.
     *
     * @param bytesPerSecond the limit, or 0 for none
     */
    public void limit(long bytesPerSecond) {
        nanosPerByte = bytesPerSecond == 0 ? 0 : (double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    /** Ends a cut and a delay; a rate limit remains. */
    public void heal() {
        cut = false;
        delayNanos = 0;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The listener was closed, or the target is down: the client sees a closed connection and reconnects.
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            if (cut) {
                throw new IOException("The link is cut.");
            }
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            client.close();
            server.close();
            throw e;
        }
        sockets.add(client);
        sockets.add(server);
        start(() -> pump(client, server, false), "link-up");
        start(() -> pump(server, client, true), "link-down");
    }

    /** Copies bytes in one direction until either end closes, then closes both. */
    private void pump(Socket from, Socket to, boolean limited) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                delay(delayNanos + (limited ? (long) (length * nanosPerByte) : 0));
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // Broken connections are the purpose of this class. Closing both sockets informs both ends.
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void delay(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), MAX_PARK_NANOS));
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
    }
}
