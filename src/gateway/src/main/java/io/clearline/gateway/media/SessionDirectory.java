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

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The running sessions by stream id. Enforces the limits on their number. Thread-safe. */
public final class SessionDirectory {
    private final Map<String, MediaSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> byPeer = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int maxSessions;
    private final int maxSessionsPerPeer;

    /**
     * Makes an empty directory.
     *
     * @param maxSessions limit for the gateway as a whole
     * @param maxSessionsPerPeer limit for one peer address
     */
    public SessionDirectory(int maxSessions, int maxSessionsPerPeer) {
        this.maxSessions = maxSessions;
        this.maxSessionsPerPeer = maxSessionsPerPeer;
    }

    /**
     * Registers a session.
     *
     * @throws SessionRefusedException if a limit is reached, or the stream id is in use
     */
    void add(MediaSession session) throws SessionRefusedException {
        if (count.incrementAndGet() > maxSessions) {
            count.decrementAndGet();
            throw new SessionRefusedException("The gateway has reached its limit of " + maxSessions
                    + " sessions. Try again later, or raise --max-sessions.");
        }
        if (byPeer.merge(session.peer(), 1, Integer::sum) > maxSessionsPerPeer) {
            release(session);
            throw new SessionRefusedException(session.peer() + " has reached its limit of " + maxSessionsPerPeer
                    + " sessions. End one, or raise --max-sessions-per-peer.");
        }
        if (sessions.putIfAbsent(session.streamId(), session) != null) {
            release(session);
            throw new SessionRefusedException("Stream " + session.streamId()
                    + " already has a session. End that session first, or choose another stream id.");
        }
    }

    /** Removes a session that was registered. Does nothing for any other. */
    void remove(MediaSession session) {
        if (sessions.remove(session.streamId(), session)) {
            release(session);
        }
    }

    private void release(MediaSession session) {
        count.decrementAndGet();
        byPeer.computeIfPresent(session.peer(), (peer, own) -> own == 1 ? null : own - 1);
    }

    /** Returns the session of a stream. */
    public Optional<MediaSession> find(String streamId) {
        return Optional.ofNullable(sessions.get(streamId));
    }

    /** Returns a live view of all sessions. */
    public Collection<MediaSession> all() {
        return sessions.values();
    }

    /** Returns the number of sessions. */
    public int size() {
        return sessions.size();
    }
}
