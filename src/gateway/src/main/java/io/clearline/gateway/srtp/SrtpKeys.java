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

/**
 * The keys of a call, one a direction. Immutable.
 *
 * @param tag the number of the line in the peer's SDP
 * @param peer protects what the peer sends
 * @param ours protects what we send
 */
public record SrtpKeys(int tag, SrtpKey peer, SrtpKey ours) {
    /** The only kind of protection: the one that each implementation of SRTP has (RFC 3711, 8). */
    static final String SUITE = "AES_CM_128_HMAC_SHA1_80";

    /** The peer's key and a new one of ours. */
    public static SrtpKeys of(int tag, SrtpKey peer) {
        return new SrtpKeys(tag, peer, SrtpKey.random());
    }

    /** These, with another key of ours. */
    public SrtpKeys withOurs(SrtpKey key) {
        return new SrtpKeys(tag, peer, key);
    }

    /** What stands behind {@code a=crypto:} in our answer. It has our key, a secret. */
    public String answer() {
        return tag + " " + SUITE + " inline:" + ours.base64();
    }
}
