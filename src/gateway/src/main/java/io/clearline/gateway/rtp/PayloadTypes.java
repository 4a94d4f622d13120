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

import io.clearline.gateway.codec.MediaFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The meaning of the RTP payload types of a session. Immutable.
 *
 * @param audio formats by payload type
 * @param passed payload types that are not audio and are forwarded unchanged: telephone events, comfort noise
 */
record PayloadTypes(Map<Integer, MediaFormat> audio, Set<Integer> passed) {
    private static final int COMFORT_NOISE = 13;
    private static final int USUAL_TELEPHONE_EVENT = 101;
    private static final int ASTERISK_SLIN16 = 118;

    PayloadTypes {
        audio = Map.copyOf(audio);
        passed = Set.copyOf(passed);
    }

    /**
     * Returns the payload types of a session without a description: the static types of RFC 3551, and two dynamic ones
     * by convention, 101 for telephone events and 118 for Asterisk's slin16.
     */
    static PayloadTypes ofUnsignalled() {
        Map<Integer, MediaFormat> audio = new HashMap<>(statics());
        audio.put(ASTERISK_SLIN16, MediaFormat.parse("L16/16000"));
        return new PayloadTypes(audio, Set.of(COMFORT_NOISE, USUAL_TELEPHONE_EVENT));
    }

    /** Returns the supported static types (RFC 3551, table 4). */
    static Map<Integer, MediaFormat> statics() {
        return Map.of(
                0, MediaFormat.PCMU, 8, MediaFormat.PCMA, 9, MediaFormat.G722, 11, MediaFormat.parse("L16/44100"));
    }

    /** Returns the audio format of a payload type; null if it is not supported audio. */
    MediaFormat format(int payloadType) {
        return audio.get(payloadType);
    }

    /** Returns whether packets of a payload type are played or forwarded. */
    boolean knows(int payloadType) {
        return audio.containsKey(payloadType) || passed.contains(payloadType);
    }

    /** Returns the audio formats for messages, such as {@code 0 (PCMU/8000), 8 (PCMA/8000)}. */
    @Override
    public String toString() {
        return audio.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
