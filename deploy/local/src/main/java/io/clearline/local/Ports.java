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

/** Ports of this machine. Stateless. */
public final class Ports {
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

    /** A port that is free now. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
