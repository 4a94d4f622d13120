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
 * Issues the tickets by which a page opens its WebSocket. A browser cannot add an authorisation header to a WebSocket,
 * and a token in a URL ends up in logs. The page therefore requests a ticket by an authorised request, and passes it in
 * the URL. A ticket can be redeemed once, within half a minute. Thread-safe.
 */
final class MicrophoneTickets {
    private static final int BYTES = 18;
    private static final int MAX_OPEN = 64;
    private static final long VALID_MILLIS = 30_000;

    private final SecureRandom random = new SecureRandom();
    /** The tickets that can be redeemed, by their text, oldest first. */
    private final Map<String, Ticket> open = new LinkedHashMap<>();

    /**
     * The call that a ticket authorises.
     *
     * @param streamId id of the stream
     * @param sampleRateHz sample rate in both directions
     * @param issuedMillis time of issue
     */
    record Ticket(String streamId, int sampleRateHz, long issuedMillis) {}

    /** Issues a ticket. Invalidates the oldest one when too many are open. */
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

    /** Redeems a ticket; null when it is unknown, already used or expired. */
    synchronized Ticket redeem(String text, long nowMillis) {
        Ticket ticket = text == null ? null : open.remove(text);
        return ticket == null || nowMillis - ticket.issuedMillis() > VALID_MILLIS ? null : ticket;
    }
}
