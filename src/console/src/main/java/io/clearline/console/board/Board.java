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

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The in-memory state of the console: streams, figures, events, dead letters, announcements and watched audio. Its size
 * is bounded: at most {@value #MAX_STREAMS} streams, the newest events and dead letters, and the audio of
 * {@value WatchedAudio#MAX_STREAMS} channels of streams. Thread-safe: a single lock, held for microseconds except by
 * {@link #tick} and {@link #streams}, which visit every stream.
 *
 * <p>Times are in milliseconds since the epoch. The board has no clock of its own, so callers pass the time: of the
 * record where they add one, of the query where they ask.
 */
public final class Board {
    /** The maximum number of streams. Beyond it the least recently accessed one is evicted. */
    public static final int MAX_STREAMS = 20_000;

    private static final int MAX_EVENTS = 5_000;
    private static final int MAX_DEAD_LETTERS = 500;
    private static final int MAX_MODELS = 1_000;
    private static final int OVERVIEW_EVENTS = 12;
    private static final int STREAM_EVENTS = 100;
    private static final int MAX_TEXT_CHARACTERS = 512;
    private static final long FORGET_MILLIS = 600_000;

    /** In access order, so that the first entry is the one to evict. */
    private final Map<String, StreamEntry> streams = new LinkedHashMap<>(1024, 0.75f, true);

    private final Totals totals = new Totals();
    private final History history = new History();
    private final WatchedAudio audio = new WatchedAudio();
    private final Recent<SeenEvent> events = new Recent<>(MAX_EVENTS);
    private final Recent<SeenDeadLetter> deadLetters = new Recent<>(MAX_DEAD_LETTERS);
    private final Map<String, SeenAnnouncement> announcements = new TreeMap<>();
    private final ModelReferences modelReferences = new ModelReferences();
    private final PayloadLevel levels = new PayloadLevel();
    private long eventCount;
    private long deadCount;
    private Overview overview = new Overview(0, Map.of(), Map.of(), Map.of(), Map.of(), 0, 0, 0, List.of());

    /** Adds a frame sent to the job. Ignores one that breaks a limit, which the job turns into a dead letter. */
    public synchronized void frameIn(AudioFrame frame, int partition, long millis) {
        if (FrameLimits.checkFrame(frame).isPresent()) {
            return;
        }
        StreamEntry entry = entry(frame.getStreamId(), millis);
        entry.in(frame, partition, millis);
        if (entry.wantsLevelIn(millis)) {
            entry.levelIn(levels.rmsDb(frame.getEncoding(), frame.getPayload()), millis);
        }
        totals.in++;
        audio.in(frame, millis);
    }

    /** Adds a frame enhanced by the job. */
    public synchronized void frameOut(EnhancedFrame frame, int partition, long millis) {
        String model = modelReferences.of(frame.getModelName(), frame.getModelVersion());
        StreamEntry entry = entry(frame.getStreamId(), millis);
        long latencyMillis = entry.out(frame, partition, model, millis);
        if (entry.wantsLevelOut(millis)) {
            entry.levelOut(levels.rmsDb(frame.getEncoding(), frame.getPayload()), millis);
        }
        if (latencyMillis >= 0) {
            totals.latency(latencyMillis);
        }
        totals.out++;
        totals.enhanced += frame.getEnhanced() ? 1 : 0;
        totals.dry += frame.getBypassed() ? 1 : 0;
        totals.concealed += frame.getConcealed() ? 1 : 0;
        audio.out(frame, millis);
    }

    /** Adds a backfilled frame to the audio of a watched stream. It does not count in any figure. */
    public synchronized void backfill(AudioFrame frame, long millis) {
        if (FrameLimits.checkFrame(frame).isEmpty()) {
            audio.in(frame, millis);
        }
    }

    /** Adds a backfilled answer to the audio of a watched stream. It does not count in any figure. */
    public synchronized void backfill(EnhancedFrame frame, long millis) {
        audio.out(frame, millis);
    }

    /**
     * Signals the end of a backfill. The next request for the audio of the stream returns all of it again, in order.
     */
    public synchronized void backfillEnded(String id) {
        audio.backfillEnded(id);
    }

    /** Adds an SDR estimate to the track of its stream and channel. Ignores one that is not finite. */
    public synchronized void estimate(SdrEstimate estimate, long millis) {
        if (!isFinite(estimate)) {
            return;
        }
        StreamEntry entry = streams.get(estimate.getStreamId());
        if (entry != null) {
            entry.estimate(estimate);
        }
        totals.sdrInSum += estimate.getInputSdrDb();
        totals.sdrOutSum += estimate.getOutputSdrDb();
        totals.sdrCount++;
    }

    /** The job never writes other values. They would break the charts, since JSON cannot represent them. */
    private static boolean isFinite(SdrEstimate estimate) {
        return Float.isFinite(estimate.getInputSdrDb())
                && Float.isFinite(estimate.getOutputSdrDb())
                && Float.isFinite(estimate.getOutputSdrLowDb())
                && Float.isFinite(estimate.getOutputSdrHighDb());
    }

    /** Adds an event of a stream. */
    public synchronized void event(StreamEvent event, long millis) {
        StreamEntry entry = streams.get(event.getStreamId());
        if (entry != null) {
            entry.event(event);
        }
        events.add(new SeenEvent(
                ++eventCount,
                millis,
                truncated(event.getStreamId()),
                false,
                event.getKind().name(),
                event.getSequence(),
                event.getFrames(),
                event.getCaptureTimeMicros(),
                truncated(event.getDetail())));
    }

    /** Truncates a text of unchecked length, without splitting a surrogate pair, to bound the memory. */
    private static String truncated(String text) {
        if (text.length() <= MAX_TEXT_CHARACTERS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_TEXT_CHARACTERS - 1));
        return text.substring(0, splitsPair ? MAX_TEXT_CHARACTERS - 1 : MAX_TEXT_CHARACTERS) + "\u2026";
    }

    /** Adds an event of a model. */
    public synchronized void modelEvent(ModelEvent event, long millis) {
        events.add(new SeenEvent(
                ++eventCount,
                millis,
                truncated(event.getModel()),
                true,
                event.getKind().name(),
                0,
                0,
                event.getFromCaptureTimeMicros(),
                truncated(event.getDetail())));
    }

    /** Adds a record that the job could not process. */
    public synchronized void deadLetter(DeadFrame dead, String key, long millis) {
        ByteBuffer bytes = dead.getBytes().duplicate();
        byte[] beginning = new byte[Math.min(bytes.remaining(), SeenDeadLetter.MAX_BYTES)];
        int size = dead.getSize() < 0 ? bytes.remaining() : dead.getSize();
        bytes.get(beginning);
        totals.deadLetter(dead.getReason().name());
        deadLetters.add(new SeenDeadLetter(
                ++deadCount,
                millis,
                truncated(dead.getTopic()),
                dead.getPartition(),
                dead.getOffset(),
                dead.getReason().name(),
                truncated(dead.getDetail()),
                key,
                size,
                dead.getSha256(),
                beginning));
    }

    /** Adds an announcement of a model. It replaces the previous one of the same key. */
    public synchronized void announcement(String key, ModelAnnouncement announcement, long millis) {
        if (announcements.size() < MAX_MODELS || announcements.containsKey(key)) {
            announcements.put(
                    key,
                    new SeenAnnouncement(
                            key,
                            millis,
                            announcement.getChannel(),
                            announcement.getModelName() + "@" + announcement.getModelVersion(),
                            announcement.getUri(),
                            announcement.getSha256(),
                            announcement.getFromCaptureTimeMicros()));
        }
    }

    private StreamEntry entry(String id, long millis) {
        StreamEntry entry = streams.get(id);
        if (entry == null) {
            entry = new StreamEntry(id, millis);
            streams.put(id, entry);
            if (streams.size() > MAX_STREAMS) {
                streams.remove(streams.keySet().iterator().next());
            }
        }
        return entry;
    }

    /**
     * Ends the running second: publishes its figures as the overview, and forgets streams and audio that are unused.
     */
    public synchronized Overview tick(long nowMillis) {
        forgetOld(nowMillis);
        audio.release(nowMillis);
        Map<String, Integer> models = new TreeMap<>();
        totals.streams.clear();
        for (StreamEntry entry : streams.values()) {
            StreamStatus status = entry.status(nowMillis);
            totals.streams.merge(status, 1, Integer::sum);
            if (isOpen(status) && !entry.model.isEmpty()) {
                models.merge(entry.model, 1, Integer::sum);
            }
        }
        Map<String, Float> figures = Figures.of(totals);
        figures.forEach((name, value) -> history.put(name, value == null ? Double.NaN : value));
        history.next();
        totals.nextSecond();
        overview = new Overview(
                nowMillis,
                figures,
                new TreeMap<>(totals.streams),
                models,
                new TreeMap<>(totals.deadByReason),
                totals.deadSinceStart,
                deadCount,
                eventCount,
                events.newest(OVERVIEW_EVENTS, event -> true));
        return overview;
    }

    /** Returns whether a stream in that status counts as open. */
    static boolean isOpen(StreamStatus status) {
        return status != StreamStatus.CLOSED && status != StreamStatus.IDLE;
    }

    private void forgetOld(long nowMillis) {
        var oldestFirst = streams.values().iterator();
        while (oldestFirst.hasNext() && nowMillis - oldestFirst.next().lastSeenMillis() > FORGET_MILLIS) {
            oldestFirst.remove();
        }
    }

    /** Returns the figures of the last complete second. */
    public synchronized Overview overview() {
        return overview;
    }

    /** Returns the figures of the last ten minutes, by name. */
    public synchronized Map<String, Float[]> history() {
        return history.toMap();
    }

    /** Returns one page of the streams that match a query, in its order. */
    public synchronized StreamPage streams(StreamQuery query, long nowMillis) {
        List<StreamEntry> found = new ArrayList<>();
        for (StreamEntry entry : streams.values()) {
            if (query.matches(entry, nowMillis)) {
                found.add(entry);
            }
        }
        found.sort(query.order(nowMillis));
        int from = Math.min(Math.max(0, query.offset()), found.size());
        int rowCount = Math.max(0, Math.min(query.limit(), StreamQuery.MAX_ROWS));
        int to = Math.min(found.size(), from + rowCount);
        List<StreamRow> rows = found.subList(from, to).stream()
                .map(entry -> StreamRow.of(entry, nowMillis))
                .toList();
        return new StreamPage(found.size(), streams.size(), from, rows);
    }

    /** Returns a stream with the estimates of its first channel; empty when it is unknown. */
    public Optional<StreamDetail> stream(String id, long nowMillis) {
        return stream(id, 0, nowMillis);
    }

    /** Returns a stream with the estimates of one of its channels; empty when it is unknown. */
    public synchronized Optional<StreamDetail> stream(String id, int channel, long nowMillis) {
        StreamEntry entry = streams.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(new StreamDetail(
                StreamRow.of(entry, nowMillis),
                entry.session,
                entry.sdr(channel).points(),
                events.newest(
                        STREAM_EVENTS,
                        event -> !event.ofModel() && event.subject().equals(id))));
    }

    /**
     * The partitions that hold the frames of a stream; -1 where unknown.
     *
     * @param raw partition of the topic of raw frames
     * @param enhanced partition of the topic of enhanced frames
     */
    public record Partitions(int raw, int enhanced) {}

    /** Returns the partitions that hold the frames of a stream. */
    public synchronized Partitions partitions(String id) {
        StreamEntry entry = streams.get(id);
        return entry == null ? new Partitions(-1, -1) : new Partitions(entry.rawPartition, entry.enhancedPartition);
    }

    /** Watches the first channel of a stream, as {@link #watch(String, int, long)}. */
    public boolean watch(String id, long nowMillis) {
        return watch(id, 0, nowMillis);
    }

    /**
     * Keeps the audio of a channel of a stream for the next half minute.
     *
     * @return true when the channel was not watched before, so that its last minute should be backfilled
     */
    public synchronized boolean watch(String id, int channel, long nowMillis) {
        return audio.watch(id, channel, nowMillis).isNew();
    }

    /** Returns the audio of a channel beyond the position of a client, and keeps watching the channel. */
    public synchronized AudioBlock audio(String id, int channel, AudioPosition position, long nowMillis) {
        return audio.watch(id, channel, nowMillis).ring().since(position, nowMillis);
    }

    /** Returns whether the audio of any channel of a stream is kept. */
    public synchronized boolean isWatched(String id) {
        return audio.has(id);
    }

    /** Returns the number of channels of streams whose audio is kept. */
    public synchronized int watchedStreams() {
        return audio.size();
    }

    /** Returns the newest events, newest first. */
    public synchronized List<SeenEvent> events(int limit) {
        return events.newest(limit, event -> true);
    }

    /** Returns the newest dead letters of a reason, newest first; null for any reason. */
    public synchronized List<SeenDeadLetter> deadLetters(String reason, int limit) {
        return deadLetters.newest(limit, dead -> reason == null || dead.reason().equals(reason));
    }

    /** Returns the current announcements, ordered by key. */
    public synchronized List<SeenAnnouncement> announcements() {
        return List.copyOf(announcements.values());
    }

    /** Returns the newest events of models, newest first. */
    public synchronized List<SeenEvent> modelEvents(int limit) {
        return events.newest(limit, SeenEvent::ofModel);
    }
}
