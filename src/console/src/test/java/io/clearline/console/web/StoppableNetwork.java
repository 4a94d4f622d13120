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
package io.clearline.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local TCP proxy that can stop forwarding data, without closing any connection. */
final class StoppableNetwork implements AutoCloseable {
    private final int port;
    private final ServerSocket entry;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private boolean stopped;

    StoppableNetwork(int port) throws IOException {
        this.port = port;
        entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + entry.getLocalPort();
    }

    /** Stops forwarding. */
    synchronized void stop() {
        stopped = true;
    }

    /** Resumes forwarding, starting with the data that is pending. */
    synchronized void resume() {
        stopped = false;
        notifyAll();
    }

    private synchronized void awaitResumed() throws InterruptedException {
        while (stopped) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entry.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.addAll(List.of(near, far));
                threads.execute(() -> forward(near, far));
                threads.execute(() -> forward(far, near));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void forward(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitResumed();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side was closed; the other one follows.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        for (Socket each : sockets) {
            each.close();
        }
        threads.shutdownNow();
    }
}
