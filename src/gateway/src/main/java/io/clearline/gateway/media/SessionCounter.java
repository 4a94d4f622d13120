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

/** What is counted of each session and of all of them together; the metrics and the status list them from here. */
public enum SessionCounter {
    PACKETS_RECEIVED("Packets with audio that came."),
    PACKETS_LOST("Packets that did not come in time; concealed, where the gap is short."),
    PACKETS_DUPLICATE("Packets that came twice, or after they had been given up."),
    PACKETS_REORDERED("Packets that came before an earlier one."),
    PACKETS_REFUSED("Packets that no parser or codec takes, or from a source that is not the session's."),
    PACKETS_UNAUTHENTICATED("SRTP packets that the call's key has not made; dropped."),
    PACKETS_UNDESCRIBED("RTP packets of a payload type that neither an SDP nor RFC 3551 describes; dropped."),
    PACKETS_OVER_RATE("Packets beyond the rate that a session may send."),
    SOURCE_CHANGES("Changes of SSRC, of format, or of the sender's clock; each begins a new session in Kafka."),
    FRAMES_TO_KAFKA("Frames that Kafka has taken."),
    FRAMES_NOT_SENT("Frames dropped on the way to Kafka, because it is away or too slow."),
    FRAMES_ENHANCED("Frames played enhanced."),
    FRAMES_DRY("Frames played dry, because the enhanced one had not come."),
    FRAMES_BYPASSED("Frames played dry, because the job had not enhanced them."),
    FRAMES_CONCEALED("Frames that replace lost ones; they are counted as enhanced, dry or bypassed too."),
    FRAMES_NOT_PLAYED("Frames dropped because the peer does not read."),
    FRAMES_TOO_LATE("Enhanced frames that came after their time.");

    private final String description;

    SessionCounter(String description) {
        this.description = description;
    }

    /** A sentence for people. */
    public String description() {
        return description;
    }

    /** In lower case, words joined by {@code .}: a name of a metric. */
    public String metricName() {
        return "clearline.gateway." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** In camel case: a field of the status. */
    public String fieldName() {
        StringBuilder field = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
            field.append(field.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return field.toString();
    }
}
