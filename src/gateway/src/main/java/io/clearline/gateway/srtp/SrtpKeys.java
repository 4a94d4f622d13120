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
 * The keys of a call, one per direction. Immutable.
 *
 * @param tag of the {@code a=crypto:} line in the peer's SDP, which the answer repeats
 * @param peer protects what the peer sends
 * @param local protects what the gateway sends
 */
public record SrtpKeys(int tag, SrtpKey peer, SrtpKey local) {
    /** The only supported suite, which every implementation of SRTP must offer (RFC 3711, 8). */
    static final String SUITE = "AES_CM_128_HMAC_SHA1_80";

    /** Returns the peer's key together with a new random local key. */
    public static SrtpKeys of(int tag, SrtpKey peer) {
        return new SrtpKeys(tag, peer, SrtpKey.random());
    }

    /** Returns a copy with another local key. */
    public SrtpKeys withLocal(SrtpKey key) {
        return new SrtpKeys(tag, peer, key);
    }

    /** Returns what follows {@code a=crypto:} in the gateway's answer. It contains the local key, which is a secret. */
    public String answer() {
        return tag + " " + SUITE + " inline:" + local.base64();
    }
}
