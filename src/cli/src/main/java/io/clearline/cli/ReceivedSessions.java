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
package io.clearline.cli;

import io.clearline.schemas.EnhancedFrame;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The sessions of one stream, each put in order, in the order in which they began. */
final class ReceivedSessions {
    /** The session asked for; null: all. */
    private final String wanted;

    private final Map<String, ReceivedStream> sessions = new LinkedHashMap<>();
    /** Sessions that were handed out whole. */
    private final Set<String> taken = new HashSet<>();

    private String newest = "";

    /** @param wanted the only session to take; null: every one */
    ReceivedSessions(String wanted) {
        this.wanted = wanted;
    }

    /** Takes a frame; false when it was there already or is of a session that is not wanted. */
    boolean add(EnhancedFrame frame) {
        String session = frame.getSession();
        if (wanted != null && !wanted.equals(session)) {
            return false;
        }
        if (taken.contains(session)) {
            return false;
        }
        newest = session;
        return sessions.computeIfAbsent(session, name -> new ReceivedStream()).add(frame);
    }

    /** By name, in the order in which they began. */
    Map<String, ReceivedStream> byName() {
        return sessions;
    }

    /**
     * Hands out the sessions that are complete, and forgets them: what repeats of them counts no more.
     *
     * @param isAtEnd asked for sessions that have ended with a hole: whether the topic was read to its end, so that
     *     nothing of them is still to come
     */
    Map<String, ReceivedStream> takeEnded(BooleanSupplier isAtEnd) {
        Map<String, ReceivedStream> ended = new LinkedHashMap<>();
        sessions.forEach((name, stream) -> {
            if (stream.isComplete() || stream.hasEnded() && isAtEnd.getAsBoolean()) {
                ended.put(name, stream);
            }
        });
        sessions.keySet().removeAll(ended.keySet());
        taken.addAll(ended.keySet());
        return ended;
    }

    int frames() {
        return sessions.values().stream().mapToInt(ReceivedStream::frames).sum();
    }

    /** Whether the session that frames came of last has ended. */
    boolean hasEnded() {
        return sessions.containsKey(newest) && sessions.get(newest).hasEnded();
    }

    /**
     * Whether nothing can be missing: the one session that was asked for has every frame from its first to its last.
     */
    boolean isWhole() {
        return wanted != null && hasEnded() && sessions.get(newest).isComplete();
    }
}
