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

import io.clearline.gateway.srtp.SrtpKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What is known about a session before its first packet. Immutable.
 *
 * @param streamId the key of its records in Kafka; null if the session was not signalled, so that each session on the
 *     port gets a new id
 * @param types the meaning of its payload types
 * @param peer the only address from which it may come; null for any allowed address
 * @param returnTo where enhanced audio is sent; null for where the audio comes from
 * @param srtp the keys of SRTP; null for plain RTP
 */
record RtpRequest(String streamId, PayloadTypes types, InetAddress peer, InetSocketAddress returnTo, SrtpKeys srtp) {
    /** The request of a port that serves any allowed sender. */
    static final RtpRequest UNSIGNALLED = new RtpRequest(null, PayloadTypes.ofUnsignalled(), null, null, null);
}
