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
package io.clearline.kafka.verify;

import io.clearline.kafka.DeliveryMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Tells the sessions of one stream id apart and holds the output of each against its input.
 *
 * <p>Output frames name their session. Input frames do where their sender does; the others belong to the session that
 * has a frame of their number and capture time, else to the one of the input frames before them, unless the sequence
 * goes back while time goes on, or jumps far: that is a session of its own. So the verifier judges by itself and then
 * sees whether the job came to the same. Not thread-safe.
 */
final class StreamCheck {
    private final String id;
    private final DeliveryMode mode;
    private final IssueList issues;
    private final List<SessionCheck> sessions = new ArrayList<>();
    private final Map<String, SessionCheck> byName = new HashMap<>();
    /** By name: sessions of frames that lie too far from the others of the name they came under. */
    private final Map<String, List<SessionCheck>> far = new HashMap<>();
    /** The session of the last input frame without a name. */
    private SessionCheck current;

    StreamCheck(String id, DeliveryMode mode, IssueList issues) {
        this.id = id;
        this.mode = mode;
        this.issues = issues;
    }

    /** An input frame; {@code session} is empty where the sender names none. */
    void input(String session, long sequence, long captureTimeMicros, int samples) {
        SessionCheck check =
                session.isEmpty() ? unnamed(sequence, captureTimeMicros) : near(named(session), session, sequence);
        check.input(sequence, captureTimeMicros, samples);
    }

    /** An output frame; {@code session} is empty in records of an earlier release. */
    void output(String session, long sequence, long captureTimeMicros, int samples, boolean concealed, byte[] bytes) {
        SessionCheck check = session.isEmpty()
                ? unnamed(sequence, captureTimeMicros)
                : near(
                        byName.computeIfAbsent(session, name -> answered(name, sequence, captureTimeMicros)),
                        session,
                        sequence);
        check.output(sequence, captureTimeMicros, samples, concealed, bytes);
    }

    private SessionCheck named(String session) {
        return byName.computeIfAbsent(session, this::begin);
    }

    /** One far sequence under a session's name is told by itself, and says nothing of the session's other frames. */
    private SessionCheck near(SessionCheck session, String name, long sequence) {
        if (session.reaches(sequence)) {
            return session;
        }
        List<SessionCheck> others = far.computeIfAbsent(name, none -> new ArrayList<>());
        for (SessionCheck each : others) {
            if (each.reaches(sequence)) {
                return each;
            }
        }
        SessionCheck own = begin(name + " from frame " + sequence);
        others.add(own);
        return own;
    }

    /** The session of the input frame that the first output frame of a session answers. */
    private SessionCheck answered(String session, long sequence, long captureTimeMicros) {
        SessionCheck known = find(sequence, captureTimeMicros);
        return known == null || byName.containsValue(known) ? begin(session) : known;
    }

    private SessionCheck unnamed(long sequence, long captureTimeMicros) {
        SessionCheck known = find(sequence, captureTimeMicros);
        if (known != null) {
            current = known;
        } else if (current == null || !current.mayContinueWith(sequence, captureTimeMicros)) {
            current = begin(captureTimeMicros + "-" + sequence);
        }
        return current;
    }

    private SessionCheck find(long sequence, long captureTimeMicros) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (sessions.get(i).knows(sequence, captureTimeMicros)) {
                return sessions.get(i);
            }
        }
        return null;
    }

    /** The first session goes by the stream's id alone, as most ids have but one. */
    private SessionCheck begin(String session) {
        String label = sessions.isEmpty() ? id : id + " session " + session;
        SessionCheck check = new SessionCheck(label, mode, issues);
        sessions.add(check);
        return check;
    }

    /**
     * Reports what can only be told when everything is there, and adds the results, by what issues call the session.
     */
    void finish(Map<String, StreamResult> results) {
        for (SessionCheck session : sessions) {
            session.finish();
            results.put(session.label(), session.result());
        }
    }

    /** Reports where the session that issues call so differs from that of another run. */
    void compare(String label, StreamResult expected) {
        sessions.stream()
                .filter(session -> session.label().equals(label))
                .findFirst()
                .orElseGet(() -> new SessionCheck(label, mode, issues))
                .compare(expected);
    }

    /** Adds a figure of all sessions up. */
    long sum(ToLongFunction<SessionCheck> figure) {
        return sessions.stream().mapToLong(figure).sum();
    }
}
