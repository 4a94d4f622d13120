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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sessions of one stream, each put in order, in the order in which they began. */
final class ReceivedSessions {
    /** The session asked for; null: all. */
    private final String wanted;

    private final Map<String, ReceivedStream> sessions = new LinkedHashMap<>();
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
        newest = session;
        return sessions.computeIfAbsent(session, name -> new ReceivedStream()).add(frame);
    }

    /** By name, in the order in which they began. */
    Map<String, ReceivedStream> byName() {
        return sessions;
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

    /**
     * The file of a session: the one asked for if there is but one session, else numbered before its ending.
     *
     * @param number of the session, from 1
     */
    Path file(Path out, int number) {
        if (sessions.size() == 1) {
            return out;
        }
        String name = out.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String numbered = dot < 1 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
        return out.resolveSibling(numbered);
    }
}
