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
 * What is known of a session before its first packet.
 *
 * @param streamId its id in Kafka; null: nobody signalled it, and each session on the port gets an id
 * @param peer the only address that it may come from; null: any that is allowed
 * @param returnTo where enhanced audio goes; null: back to where the audio comes from
 * @param srtp the keys of SRTP; null: plain RTP
 */
record RtpRequest(String streamId, PayloadTypes types, InetAddress peer, InetSocketAddress returnTo, SrtpKeys srtp) {
    /** Of a port that takes whoever comes. */
    static final RtpRequest UNSIGNALLED = new RtpRequest(null, PayloadTypes.ofUnsignalled(), null, null, null);
}
