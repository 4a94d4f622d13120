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
package io.clearline.gateway.srtp;

import org.jitsi.srtp.SrtpErrorStatus;

/** Reports a datagram that SRTP rejects. Has no stack trace, since an attacker can cause one with every packet. */
public final class SrtpException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reason of the rejection. */
    public enum Reason {
        /** Protected with another key, or modified in transit. */
        UNAUTHENTICATED,
        /** Received before, or too old for the replay window to decide. */
        REPLAYED,
        /** Not an SRTP packet, or from one source too many. */
        MALFORMED
    }

    private final Reason reason;

    SrtpException(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    /** Returns the exception for an error status of jitsi-srtp. */
    static SrtpException of(SrtpErrorStatus status) {
        return new SrtpException(
                switch (status) {
                    case AUTH_FAIL -> Reason.UNAUTHENTICATED;
                    case REPLAY_FAIL, REPLAY_OLD -> Reason.REPLAYED;
                    default -> Reason.MALFORMED;
                });
    }

    public Reason reason() {
        return reason;
    }
}
