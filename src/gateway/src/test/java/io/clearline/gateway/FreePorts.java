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
package io.clearline.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.SplittableRandom;

/** Finds UDP ports that are free at the moment, for tests. */
public final class FreePorts {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private FreePorts() {}

    /** Returns the first, even port of the given number of consecutive pairs. */
    public static int pairs(int count) throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int first = RANDOM.nextInt(10_000, 30_000) & ~1;
            if (areFree(first, 2 * count)) {
                return first;
            }
        }
        throw new IOException("Found no " + count + " consecutive pairs of free UDP ports.");
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (SocketException e) {
                return false;
            }
        }
        return true;
    }
}
