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
package io.clearline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. Stateless. */
public final class Ports {
    /** Below it are the ports of well-known services. */
    private static final int FIRST_FREE = 15_000;

    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /**
     * Fails when something listens at a port already, before anything is started that would tell it in its own words.
     *
     * @param port 0: a free one, which is never in use
     * @param program what wants to listen there
     * @param option how to say another port
     * @throws IOException that says so
     */
    public static void requireFree(int port, String program, String option) throws IOException {
        if (port == 0) {
            return;
        }
        if (port < 0 || port > 65_535) {
            throw new IOException("Expected " + option + " within 0..65535, found " + port + ".");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port whose last connection has just ended is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
        } catch (IOException e) {
            throw new IOException(
                    "Port " + port + " for " + program + " is in use, perhaps by another clearline. Stop what listens"
                            + " there, or take another port: " + option + " PORT, 0 for any free one.",
                    e);
        }
    }

    /**
     * A port of the loopback interface that is free now, for a server that starts later or starts again.
     *
     * <p>The system hands out ports from 32,768 on (Linux) to every connection and to every server that takes any port.
     * A port from there may be gone before the server listens, or may be the one that a client which asks for the
     * server is given: it would be connected to itself. So this is a random one from below.
     *
     * @throws IOException when no such port is free
     */
    public static int free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, FIRST_EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("Found no free port from " + FIRST_FREE + " to " + (FIRST_EPHEMERAL - 1) + " in "
                + ATTEMPTS + " attempts.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
