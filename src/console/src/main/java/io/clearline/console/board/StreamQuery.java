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
package io.clearline.console.board;

import java.util.Comparator;
import java.util.Locale;

/**
 * A query for streams.
 *
 * @param search part of the id, in any case; empty for all streams
 * @param status required status; null for any
 * @param sort one of {@code id}, {@code age}, {@code level}, {@code sdrIn}, {@code sdrOut}, {@code dry},
 *     {@code concealed} and {@code status}; any other value sorts by id
 * @param descending whether the order is reversed
 * @param offset number of matching streams to skip
 * @param limit maximum number of rows, at most {@link #MAX_ROWS}
 */
public record StreamQuery(String search, StreamStatus status, String sort, boolean descending, int offset, int limit) {
    /** The maximum number of rows of one page. */
    public static final int MAX_ROWS = 200;

    /** Returns whether a stream matches. */
    boolean matches(StreamEntry entry, long nowMillis) {
        return (status == null || entry.status(nowMillis) == status)
                && (search.isEmpty() || entry.id.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns the requested order. Ties are broken by id, so that rows keep their places from one query to the next.
     */
    Comparator<StreamEntry> order(long nowMillis) {
        Comparator<StreamEntry> byId = Comparator.comparing(entry -> entry.id);
        Comparator<StreamEntry> order =
                switch (sort) {
                    case "age" -> Comparator.comparingLong(entry -> nowMillis - entry.firstSeenMillis);
                    case "level" -> Comparator.comparingDouble(entry -> entry.levelInDb);
                    case "sdrIn" -> Comparator.comparingDouble(StreamQuery::sdrIn);
                    case "sdrOut" -> Comparator.comparingDouble(StreamQuery::sdrOut);
                    case "dry" -> Comparator.comparingDouble(entry -> share(entry.framesDry, entry));
                    case "concealed" -> Comparator.comparingDouble(entry -> share(entry.framesConcealed, entry));
                    case "status" -> Comparator.comparing(entry -> entry.status(nowMillis));
                    default -> byId;
                };
        return (descending ? order.reversed() : order).thenComparing(byId);
    }

    private static double sdrIn(StreamEntry entry) {
        SdrTrack.Point newest = entry.sdr.newest();
        return newest == null ? Double.NEGATIVE_INFINITY : newest.in();
    }

    private static double sdrOut(StreamEntry entry) {
        SdrTrack.Point newest = entry.sdr.newest();
        return newest == null ? Double.NEGATIVE_INFINITY : newest.out();
    }

    private static double share(long frames, StreamEntry entry) {
        return (double) frames / Math.max(1, entry.framesOut);
    }
}
