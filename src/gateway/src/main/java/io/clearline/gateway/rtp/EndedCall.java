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

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A call that was ended from outside while its peer may still be sending. If its packets were taken for a new call,
 * SRTP would be played as noise, and plain RTP would become a call that its platform considers over. The peer is
 * therefore refused at this port until it has been silent for a while, or until the next call is signalled there.
 * Thread-confined.
 */
final class EndedCall {
    /** For plain RTP. Longer than any gap between packets of a sender that learns late that the call has ended. */
    private static final long PLAIN_QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final InetSocketAddress peer;
    private final boolean isProtected;
    private final long quietNanos;
    private long lastNanos;

    /**
     * Begins when the call is ended.
     *
     * @param peer the sender of the call; null if none was known yet, so that any sender of SRTP may be the peer
     * @param isProtected whether the call was SRTP. Its packets must be kept out for longer, since the sender may
     *     suppress silence, and its packets would be noise
     * @param idleNanos a call is over after this time without a packet
     */
    EndedCall(InetSocketAddress peer, boolean isProtected, long idleNanos, long nowNanos) {
        this.peer = peer;
        this.isProtected = isProtected;
        this.quietNanos = isProtected ? idleNanos : Math.min(PLAIN_QUIET_NANOS, idleNanos);
        this.lastNanos = nowNanos;
    }

    /** Returns whether a packet belongs to the ended call. Such a packet restarts the wait for silence. */
    boolean isStillSending(InetSocketAddress from, long nowNanos) {
        boolean isPeer = peer == null ? isProtected : peer.equals(from);
        if (!isPeer || isOver(nowNanos)) {
            return false;
        }
        lastNanos = nowNanos;
        return true;
    }

    /** Returns whether the peer has been silent for long enough. */
    boolean isOver(long nowNanos) {
        return nowNanos - lastNanos > quietNanos;
    }
}
