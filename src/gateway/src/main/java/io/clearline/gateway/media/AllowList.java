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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The client addresses that may connect, as networks such as {@code 10.0.0.0/8}, {@code 192.0.2.7} or
 * {@code 2001:db8::/32}. Immutable.
 */
public final class AllowList {
    /** Allows every address. Meant for ports that are reachable from this machine only. */
    public static final AllowList EVERYONE = new AllowList(List.of());

    private record Network(byte[] address, int prefixBits) {
        private boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private AllowList(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Parses networks.
     *
     * @param texts an empty list allows every address
     * @throws IllegalArgumentException if a text is not a network; the message quotes it
     */
    public static AllowList of(List<String> texts) {
        List<Network> networks = new ArrayList<>();
        texts.forEach(text -> networks.add(network(text)));
        return new AllowList(networks);
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        // Only literals. A host name would cost a DNS lookup, and its address may change later.
        if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw expected(text);
        }
        try {
            byte[] address = InetAddress.getByName(host).getAddress();
            int bits = slash < 0 ? 8 * address.length : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > 8 * address.length) {
                throw expected(text);
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw expected(text);
        }
    }

    private static IllegalArgumentException expected(String text) {
        return new IllegalArgumentException(
                "Expected a network such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32, found " + text + ".");
    }

    /** Returns whether an address belongs to one of the networks. */
    public boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(bytes));
    }
}
