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
package io.clearline.console.web;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a page that may ask open one WebSocket. A browser sends no header of ours with a WebSocket, and a token in an
 * address lands in logs: so the page asks for a ticket by an ordinary request, and names it in the address. A ticket is
 * good once, for half a minute. Thread-safe.
 */
final class MicrophoneTickets {
    private static final int BYTES = 18;
    private static final int MAX_OPEN = 64;
    private static final long VALID_MILLIS = 30_000;

    private final SecureRandom random = new SecureRandom();
    /** By their text, the oldest first. */
    private final Map<String, Ticket> open = new LinkedHashMap<>();

    /**
     * What a ticket is good for.
     *
     * @param sampleRateHz of the samples, both ways
     */
    record Ticket(String streamId, int sampleRateHz, long issuedMillis) {}

    /** Issues a ticket; where too many are open, the oldest is no longer good. */
    synchronized String issue(String streamId, int sampleRateHz, long nowMillis) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().encodeToString(bytes);
        if (open.size() == MAX_OPEN) {
            Iterator<String> oldestFirst = open.keySet().iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
        open.put(text, new Ticket(streamId, sampleRateHz, nowMillis));
        return text;
    }

    /** Takes a ticket; null where it is none, was used or is too old. */
    synchronized Ticket redeem(String text, long nowMillis) {
        Ticket ticket = text == null ? null : open.remove(text);
        return ticket == null || nowMillis - ticket.issuedMillis() > VALID_MILLIS ? null : ticket;
    }
}
