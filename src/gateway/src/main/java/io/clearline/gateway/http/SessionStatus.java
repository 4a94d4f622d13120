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
package io.clearline.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.media.MediaSession;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;
import java.util.Collection;

/** Renders sessions as JSON. Stateless. */
final class SessionStatus {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_MILLI = 1e6;

    private SessionStatus() {}

    /** Returns the state and the counters of one session. */
    static ObjectNode of(MediaSession session) {
        ObjectNode status = JSON.createObjectNode()
                .put("stream", session.streamId())
                .put("session", session.sessionName())
                .put("peer", session.peer())
                .put("format", session.format().toString())
                .put("since", session.since().toString())
                .put("playoutDelayMillis", Math.round(session.playoutDelayNanos() / NANOS_PER_MILLI))
                .put("addedDelayP50Millis", session.addedDelay().quantileMillis(0.5))
                .put("addedDelayP99Millis", session.addedDelay().quantileMillis(0.99));
        addCounters(status, session.counters());
        return status;
    }

    /** Returns the counters of all sessions together, including those that have ended. */
    static ObjectNode of(Gateway gateway) {
        ObjectNode status = JSON.createObjectNode()
                .put("sessions", gateway.sessions().size())
                .put("kafkaDelivering", gateway.isDelivering())
                .put("kafkaReading", gateway.isReading())
                .put("addedDelayP50Millis", gateway.addedDelay().quantileMillis(0.5))
                .put("addedDelayP99Millis", gateway.addedDelay().quantileMillis(0.99));
        addCounters(status, gateway.counters());
        return status;
    }

    /** Returns one object per session. */
    static ArrayNode of(Collection<MediaSession> sessions) {
        ArrayNode all = JSON.createArrayNode();
        sessions.forEach(session -> all.add(of(session)));
        return all;
    }

    private static void addCounters(ObjectNode status, SessionCounters counters) {
        status.put("dryShare", counters.dryShare());
        for (SessionCounter each : SessionCounter.values()) {
            status.put(each.fieldName(), counters.get(each));
        }
    }
}
