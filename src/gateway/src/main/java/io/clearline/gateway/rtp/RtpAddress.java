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

import java.net.InetAddress;

/**
 * An address and a range of ports for RTP and RTCP. Immutable.
 *
 * @param firstPort the lowest port of the range; if it is odd, it stays unused
 * @param lastPort the highest port of the range, inclusive
 */
public record RtpAddress(InetAddress address, int firstPort, int lastPort) {
    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException if it has no even port with one above it
     */
    public RtpAddress {
        if (firstPort < 1 || lastPort > 65_535 || firstPort + firstPort % 2 + 1 > lastPort) {
            throw new IllegalArgumentException(
                    "Expected a range of ports within 1..65535 that contains an even port and"
                            + " the port above it, such as 4000-4100; found " + firstPort + "-" + lastPort + ".");
        }
    }
}
