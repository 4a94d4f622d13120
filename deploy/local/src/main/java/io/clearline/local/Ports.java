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
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Checks and chooses TCP ports of this machine. Stateless. */
public final class Ports {
    /** The lowest port to choose; well-known services use lower ones. */
    private static final int MIN_CHOSEN = 15_000;

    /** The lowest port that Linux assigns to connections by default. */
    private static final int MIN_EPHEMERAL = 32_768;

    private static final int ATTEMPTS = 200;

    private static final int FIRST_UNPRIVILEGED = 1024;

    /** Part of the operating system's message for a port that another socket is bound to. */
    private static final String IN_USE = "in use";

    private Ports() {}

    /**
     * Fails if a port can't be opened, with a clearer message than that of the server that would listen there.
     *
     * @param port 0 stands for any free port and always passes
     * @param program the server that is to listen there, for the message
     * @param option the command-line option that sets another port, for the message
     * @throws IOException if the port is in use, may not be opened, or is no port number; the message says which
     */
    public static void requireFree(int port, String program, String option) throws IOException {
        if (port == 0) {
            return;
        }
        if (port < 0 || port > 65_535) {
            throw new IOException("Expected " + option + " within 0..65535, found " + port + ".");
        }
        try (ServerSocket socket = new ServerSocket()) {
            // Servers set this too: without it, a port is in use for a while after its last connection has ended.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), port));
        } catch (IOException e) {
            throw new IOException(refusal(port, program, option, e.getMessage()), e);
        }
    }

    /**
     * Returns why a port can't be opened, and what to do.
     *
     * @param reason what the operating system says
     */
    static String refusal(int port, String program, String option, String reason) {
        String subject = "Port " + port + " for " + program;
        String other = "take another port: " + option + " PORT, 0 for any free one.";
        if (reason != null && reason.toLowerCase(Locale.ROOT).contains(IN_USE)) {
            return subject + " is in use, perhaps by another clearline. Stop what listens there, or " + other;
        }
        return subject + " can't be opened: " + reason + ". "
                + (port < FIRST_UNPRIVILEGED
                        ? "Ports below " + FIRST_UNPRIVILEGED
                                + " are often reserved for root. Run the program with that right, or " + other
                        : "Mend that, or " + other);
    }

    /**
     * Fails if two servers are to listen at the same port.
     *
     * @param firstPort 0 stands for any free port and always passes
     * @param first the server and its option, for the message
     */
    static void requireDifferent(int firstPort, String first, int secondPort, String second) throws IOException {
        if (firstPort != 0 && firstPort == secondPort) {
            throw new IOException("Expected two different ports for " + first + " and " + second + ", found "
                    + firstPort + " for both. Change one of them, or set it to 0 for any free one.");
        }
    }

    /**
     * Returns a port of the loopback interface that is free now, for a server that starts later or restarts.
     *
     * <p>The port is a random one below 32,768, where Linux begins to assign ports to outgoing connections and to
     * servers that ask for any port. An assigned port might be in use before the server listens. It might also become
     * the local port of a client that connects to the server, and that client would then be connected to itself.
     *
     * @throws IOException if no such port is found
     */
    public static int free() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(MIN_CHOSEN, MIN_EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("Found no free port from " + MIN_CHOSEN + " to " + (MIN_EPHEMERAL - 1) + " in " + ATTEMPTS
                + " attempts.");
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
