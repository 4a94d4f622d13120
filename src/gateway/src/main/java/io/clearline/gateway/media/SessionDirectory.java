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

/** The sessions of a gateway by stream id, at most so many. Any thread uses it. */
public final class SessionDirectory {
    private final Map<String, MediaSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> byPeer = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final int maxSessions;
    private final int maxSessionsPerPeer;

    /**
     * @param maxSessions of the gateway
     * @param maxSessionsPerPeer of one address
     */
    public SessionDirectory(int maxSessions, int maxSessionsPerPeer) {
        this.maxSessions = maxSessions;
        this.maxSessionsPerPeer = maxSessionsPerPeer;
    }

    /**
     * Adds a session.
     *
     * @throws SessionRefusedException when there are too many, or its stream id is in use
     */
    void add(MediaSession session) throws SessionRefusedException {
        if (count.incrementAndGet() > maxSessions) {
            count.decrementAndGet();
            throw new SessionRefusedException(
                    "The gateway has its " + maxSessions + " sessions already. Try later, or raise --max-sessions.");
        }
        if (byPeer.merge(session.peer(), 1, Integer::sum) > maxSessionsPerPeer) {
            release(session);
            throw new SessionRefusedException(session.peer() + " has its " + maxSessionsPerPeer
                    + " sessions already. End one, or raise --max-sessions-per-peer.");
        }
        if (sessions.putIfAbsent(session.streamId(), session) != null) {
            release(session);
            throw new SessionRefusedException("Stream " + session.streamId()
                    + " has a session already. End it first, or take another stream id.");
        }
    }

    /** Removes a session that was added. */
    void remove(MediaSession session) {
        if (sessions.remove(session.streamId(), session)) {
            release(session);
        }
    }

    private void release(MediaSession session) {
        count.decrementAndGet();
        byPeer.computeIfPresent(session.peer(), (peer, own) -> own == 1 ? null : own - 1);
    }

    /** The session of a stream. */
    public Optional<MediaSession> find(String streamId) {
        return Optional.ofNullable(sessions.get(streamId));
    }

    /** Every session. */
    public Collection<MediaSession> all() {
        return sessions.values();
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }
}
