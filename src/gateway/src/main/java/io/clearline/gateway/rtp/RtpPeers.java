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

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.media.StreamIds;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/** Decides which senders may use a leg, and names unsignalled sessions. Thread-safe. */
final class RtpPeers {
    private final AllowList allowed;
    private final StreamIds ids;
    private final BooleanSupplier accepting;

    RtpPeers(AllowList allowed, StreamIds ids, BooleanSupplier accepting) {
        this.allowed = allowed;
        this.ids = ids;
        this.accepting = accepting;
    }

    /** Returns whether a sender may use a leg. A signalled peer is exempt from the allow list. */
    boolean allows(InetSocketAddress from, RtpRequest request) {
        return request.peer() == null
                ? allowed.allows(from.getAddress())
                : request.peer().equals(from.getAddress());
    }

    /** Returns whether new sessions may start; false while the gateway drains or stops. */
    boolean acceptsSessions() {
        return accepting.getAsBoolean();
    }

    /** Returns a stream id for an unsignalled session. */
    String newStreamId(int port) {
        return ids.next("rtp-" + port);
    }
}
