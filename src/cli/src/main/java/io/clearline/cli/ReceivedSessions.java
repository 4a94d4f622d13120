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

/** Collects the sessions of one stream, in the order in which they began. Not thread-safe. */
final class ReceivedSessions {
    /** The only wanted session; null for all. */
    private final String wanted;

    private final Map<String, ReceivedStream> sessions = new LinkedHashMap<>();
    /** Names of the sessions that {@link #takeEnded} has removed. */
    private final Set<String> taken = new HashSet<>();

    private String newest = "";

    /** @param wanted the only session to collect; null for all */
    ReceivedSessions(String wanted) {
        this.wanted = wanted;
    }

    /**
     * Adds a frame.
     *
     * @return false if it is a repeat, or belongs to a session that is not wanted
     */
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

    /** Returns the sessions by name, in the order in which they began, without the removed ones. */
    Map<String, ReceivedStream> byName() {
        return sessions;
    }

    /**
     * Removes and returns the sessions that have ended. Later repeats of their frames are ignored.
     *
     * @param isAtEnd returns whether the topic has been read to its end; called for sessions that have their last frame
     *     but lack others, which at the end of the topic will not come any more
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

    /** Returns whether the session of the newest frame has ended. */
    boolean hasEnded() {
        return sessions.containsKey(newest) && sessions.get(newest).hasEnded();
    }

    /**
     * Returns whether there is a single wanted session and it has every frame from its first to its last, so that no
     * further record can matter.
     */
    boolean isWhole() {
        return wanted != null && hasEnded() && sessions.get(newest).isComplete();
    }
}
