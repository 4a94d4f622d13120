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
package io.clearline.gateway.media;

import java.util.Locale;

/**
 * What is counted per session and over all sessions. Metrics and status list every constant, so a new one needs no
 * other code.
 */
public enum SessionCounter {
    PACKETS_RECEIVED("Audio packets received."),
    PACKETS_LOST("Packets that did not arrive in time; concealed if the gap is short."),
    PACKETS_DUPLICATE("Packets that arrived twice, or after they had been given up as lost."),
    PACKETS_REORDERED("Packets that arrived after a packet with a later sequence number."),
    PACKETS_REFUSED("Packets that could not be parsed or decoded, or that came from another sender."),
    PACKETS_UNAUTHENTICATED("SRTP packets that failed authentication with the key of the call; dropped."),
    PACKETS_UNDESCRIBED("RTP packets of a payload type that neither an SDP nor RFC 3551 describes; dropped."),
    PACKETS_OVER_RATE("Packets above the rate limit of a session; dropped."),
    SOURCE_CHANGES("Changes of SSRC, format or sender clock; each starts a new session in Kafka."),
    FRAMES_TO_KAFKA("Frames that Kafka has acknowledged."),
    FRAMES_NOT_SENT("Frames dropped on the way to Kafka because it is unavailable or too slow."),
    FRAMES_ENHANCED("Frames played enhanced."),
    FRAMES_DRY("Frames played dry because the enhanced frame had not arrived in time."),
    FRAMES_BYPASSED("Frames played dry because the job returned them without enhancement."),
    FRAMES_CONCEALED("Frames that replace lost ones; also counted as enhanced, dry or bypassed."),
    FRAMES_NOT_PLAYED("Frames dropped because the peer does not read fast enough."),
    FRAMES_TOO_LATE("Enhanced frames that arrived after their play-out time.");

    private final String description;

    SessionCounter(String description) {
        this.description = description;
    }

    /** Returns one sentence that explains the counter. */
    public String description() {
        return description;
    }

    /**
     * Returns the name of the metric: lower case, words joined by {@code .}, such as
     * {@code clearline.gateway.packets.received}.
     */
    public String metricName() {
        return "clearline.gateway." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Returns the name of the field in the status: camel case, such as {@code packetsReceived}. */
    public String fieldName() {
        StringBuilder field = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
            field.append(field.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return field.toString();
    }
}
