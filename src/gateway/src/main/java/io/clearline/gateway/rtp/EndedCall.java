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
 * A call that was ended from outside while its peer may go on sending. Taken for a new call, SRTP would be noise, and
 * plain RTP a call that its platform believes to be over. So the peer is refused at the port until it has been silent
 * for a while, or until the next call is described there. Thread-confined.
 */
final class EndedCall {
    /** Of plain RTP: longer than the gaps of a sender that hears of the end late. */
    private static final long PLAIN_QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final InetSocketAddress peer;
    private final boolean isProtected;
    private final long quietNanos;
    private long lastNanos;

    /**
     * @param peer who sent it; null: nobody yet, so that any sender of SRTP may be its peer
     * @param isProtected whether it was SRTP, whose silence suppression must not turn into noise
     * @param idleNanos after so much silence a call is over anyway
     */
    EndedCall(InetSocketAddress peer, boolean isProtected, long idleNanos, long nowNanos) {
        this.peer = peer;
        this.isProtected = isProtected;
        this.quietNanos = isProtected ? idleNanos : Math.min(PLAIN_QUIET_NANOS, idleNanos);
        this.lastNanos = nowNanos;
    }

    /** Whether a packet that has come belongs to it. */
    boolean isStillSending(InetSocketAddress from, long nowNanos) {
        boolean isPeer = peer == null ? isProtected : peer.equals(from);
        if (!isPeer || isOver(nowNanos)) {
            return false;
        }
        lastNanos = nowNanos;
        return true;
    }

    /** Whether its peer has been silent for long enough. */
    boolean isOver(long nowNanos) {
        return nowNanos - lastNanos > quietNanos;
    }
}
