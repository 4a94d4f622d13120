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

import io.clearline.gateway.media.SessionCounter;

/**
 * Reports bytes that are not valid RTP, RTCP or SDP, or a packet that SRTP rejects. Has no stack trace, since an
 * attacker can cause one with every packet.
 */
public final class BadPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SessionCounter counter;

    public BadPacketException(String message) {
        this(message, SessionCounter.PACKETS_REFUSED);
    }

    /** @param counter the counter that such packets increment */
    BadPacketException(String message, SessionCounter counter) {
        super(message, null, false, false);
        this.counter = counter;
    }

    SessionCounter counter() {
        return counter;
    }
}
