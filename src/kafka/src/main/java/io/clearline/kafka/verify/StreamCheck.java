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
 * Separates the sessions of one stream id and compares the output of each with its input. Not thread-safe.
 *
 * <p>Output frames name their session; input frames do only if their sender does. An input frame without a session
 * belongs to the session that has a frame with its sequence and capture time, otherwise to the session of the previous
 * input frame. It begins a session of its own if its sequence goes back while the capture time advances, or if the
 * sequence jumps far. The verifier thus assigns sessions independently of the job, and its result checks the job's.
 */
final class StreamCheck {
    private final String id;
    private final DeliveryMode mode;
    private final IssueList issues;
    private final List<SessionCheck> sessions = new ArrayList<>();
    private final Map<String, SessionCheck> byName = new HashMap<>();
    /** Additional sessions by name, for frames whose sequence is too far from the others of that name. */
    private final Map<String, List<SessionCheck>> far = new HashMap<>();
    /** The session of the last input frame without a name. */
    private SessionCheck current;

    StreamCheck(String id, DeliveryMode mode, IssueList issues) {
        this.id = id;
        this.mode = mode;
        this.issues = issues;
    }

    /** Takes an input frame; {@code session} is empty if the sender names none. */
    void input(String session, long sequence, long captureTimeMicros, int samples) {
        SessionCheck check =
                session.isEmpty() ? unnamed(sequence, captureTimeMicros) : near(named(session), session, sequence);
        check.input(sequence, captureTimeMicros, samples);
    }

    /** Takes an output frame; {@code session} is empty in records of an earlier release. */
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

    /** Returns a session for a frame that is too far from its named session, so that it causes an issue of its own. */
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

    /** Returns the session of the input frame that belongs to the first output frame of a session. */
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

    /** Begins a session. The first one is labelled with the stream id alone, since most ids have only one. */
    private SessionCheck begin(String session) {
        String label = sessions.isEmpty() ? id : id + " session " + session;
        SessionCheck check = new SessionCheck(label, mode, issues);
        sessions.add(check);
        return check;
    }

    /**
     * Reports the issues that show only once all frames are there.
     *
     * @param results receives the result of each session by its label
     */
    void finish(Map<String, StreamResult> results) {
        for (SessionCheck session : sessions) {
            session.finish();
            results.put(session.label(), session.result());
        }
    }

    /** Reports where the session with a label differs from that of another run. */
    void compare(String label, StreamResult expected) {
        sessions.stream()
                .filter(session -> session.label().equals(label))
                .findFirst()
                .orElseGet(() -> new SessionCheck(label, mode, issues))
                .compare(expected);
    }

    /** Returns the sum of a figure over all sessions. */
    long sum(ToLongFunction<SessionCheck> figure) {
        return sessions.stream().mapToLong(figure).sum();
    }
}
