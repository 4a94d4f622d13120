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
 * Everything the console knows, as of now. Memory is bounded: {@value #MAX_STREAMS} streams, the newest events and dead
 * letters, audio of {@value WatchedAudio#MAX_STREAMS} streams. One lock, held for microseconds: thread-safe.
 *
 * <p>Moments are milliseconds since 1970. The board has no clock of its own: callers say when it is.
 */
public final class Board {
    /** Beyond them the stream that was silent longest is forgotten. */
    public static final int MAX_STREAMS = 20_000;

    private static final int MAX_EVENTS = 5_000;
    private static final int MAX_DEAD_LETTERS = 500;
    private static final int MAX_MODELS = 1_000;
    private static final int SHOWN_EVENTS = 12;
    private static final int MAX_TEXT_CHARACTERS = 512;
    private static final long FORGET_MILLIS = 600_000;

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

    /** A frame that came in; one that breaks a limit is left to the job, which makes a dead letter of it. */
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

    /** A frame that came out. */
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

    /** Audio of a watched stream that was read back: fills its ring and counts nowhere. */
    public synchronized void readBack(AudioFrame frame, long millis) {
        if (FrameLimits.checkFrame(frame).isEmpty()) {
            audio.in(frame, millis);
        }
    }

    /** Audio of a watched stream that was read back: fills its ring and counts nowhere. */
    public synchronized void readBack(EnhancedFrame frame, long millis) {
        audio.out(frame, millis);
    }

    /** No more of a watched stream is read back: who asks for its audio gets all of it again, in order. */
    public synchronized void readBackEnded(String id) {
        audio.readBackEnded(id);
    }

    /** An estimate of a stream's SDR; each of its channels has a track of its own. */
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

    /** No job writes another; a reader of JSON could not draw it. */
    private static boolean isFinite(SdrEstimate estimate) {
        return Float.isFinite(estimate.getInputSdrDb())
                && Float.isFinite(estimate.getOutputSdrDb())
                && Float.isFinite(estimate.getOutputSdrLowDb())
                && Float.isFinite(estimate.getOutputSdrHighDb());
    }

    /** Something that happened to a stream. */
    public synchronized void event(StreamEvent event, long millis) {
        StreamEntry entry = streams.get(event.getStreamId());
        if (entry != null) {
            entry.event(event);
        }
        events.add(new SeenEvent(
                ++eventCount,
                millis,
                cut(event.getStreamId()),
                false,
                event.getKind().name(),
                event.getSequence(),
                event.getFrames(),
                event.getCaptureTimeMicros(),
                cut(event.getDetail())));
    }

    /** Of a text whose length nobody checked, as much as people read: memory is bounded. */
    private static String cut(String text) {
        if (text.length() <= MAX_TEXT_CHARACTERS) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_TEXT_CHARACTERS - 1));
        return text.substring(0, splits ? MAX_TEXT_CHARACTERS - 1 : MAX_TEXT_CHARACTERS) + "\u2026";
    }

    /** Something that happened to a model. */
    public synchronized void modelEvent(ModelEvent event, long millis) {
        events.add(new SeenEvent(
                ++eventCount,
                millis,
                cut(event.getModel()),
                true,
                event.getKind().name(),
                0,
                0,
                event.getFromCaptureTimeMicros(),
                cut(event.getDetail())));
    }

    /** A record that the job could not process. */
    public synchronized void deadLetter(DeadFrame dead, String key, long millis) {
        ByteBuffer bytes = dead.getBytes().duplicate();
        byte[] beginning = new byte[Math.min(bytes.remaining(), SeenDeadLetter.MAX_BYTES)];
        int size = dead.getSize() < 0 ? bytes.remaining() : dead.getSize();
        bytes.get(beginning);
        totals.deadLetter(dead.getReason().name());
        deadLetters.add(new SeenDeadLetter(
                ++deadCount,
                millis,
                cut(dead.getTopic()),
                dead.getPartition(),
                dead.getOffset(),
                dead.getReason().name(),
                cut(dead.getDetail()),
                key,
                size,
                dead.getSha256(),
                beginning));
    }

    /** An announcement of a model; the newest of a key counts. */
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

    /** Ends a second: its figures become the overview's. */
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
                events.newest(SHOWN_EVENTS, event -> true));
        return overview;
    }

    static boolean isOpen(StreamStatus status) {
        return status != StreamStatus.CLOSED && status != StreamStatus.IDLE;
    }

    private void forgetOld(long nowMillis) {
        var oldestFirst = streams.values().iterator();
        while (oldestFirst.hasNext() && nowMillis - oldestFirst.next().lastSeenMillis() > FORGET_MILLIS) {
            oldestFirst.remove();
        }
    }

    /** The newest second's figures. */
    public synchronized Overview overview() {
        return overview;
    }

    /** Ten minutes of the figures, by name. */
    public synchronized Map<String, Float[]> history() {
        return history.toMap();
    }

    /** Streams in an order, a part of them. */
    public synchronized StreamPage streams(StreamQuery query, long nowMillis) {
        List<StreamEntry> found = new ArrayList<>();
        for (StreamEntry entry : streams.values()) {
            if (query.matches(entry, nowMillis)) {
                found.add(entry);
            }
        }
        found.sort(query.order(nowMillis));
        int from = Math.min(Math.max(0, query.offset()), found.size());
        int to = Math.min(found.size(), from + Math.min(query.limit(), StreamQuery.MAX_ROWS));
        List<StreamRow> rows = found.subList(from, to).stream()
                .map(entry -> StreamRow.of(entry, nowMillis))
                .toList();
        return new StreamPage(found.size(), streams.size(), from, rows);
    }

    /** One stream, with the estimates of its first channel; empty where it is not known. */
    public Optional<StreamDetail> stream(String id, long nowMillis) {
        return stream(id, 0, nowMillis);
    }

    /** One stream, with the estimates of one of its channels; empty where it is not known. */
    public synchronized Optional<StreamDetail> stream(String id, int channel, long nowMillis) {
        StreamEntry entry = streams.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.of(new StreamDetail(
                StreamRow.of(entry, nowMillis),
                entry.session,
                entry.sdr(channel).points(),
                events.newest(100, event -> !event.ofModel() && event.subject().equals(id))));
    }

    /** Where a stream lies: its partitions of the topics of raw and of enhanced frames, -1 where not known. */
    public record Place(int rawPartition, int enhancedPartition) {}

    /** Where a stream lies. */
    public synchronized Place place(String id) {
        StreamEntry entry = streams.get(id);
        return entry == null ? new Place(-1, -1) : new Place(entry.rawPartition, entry.enhancedPartition);
    }

    /** Watches the first channel of a stream; as {@link #watch(String, int, long)}. */
    public boolean watch(String id, long nowMillis) {
        return watch(id, 0, nowMillis);
    }

    /**
     * Watches a channel of a stream for half a minute more.
     *
     * @return true when it was not watched: what came before should be read back
     */
    public synchronized boolean watch(String id, int channel, long nowMillis) {
        return audio.ask(id, channel, nowMillis).isNew();
    }

    /** Audio of a channel of a watched stream, beyond what somebody has. */
    public synchronized AudioBlock audio(String id, int channel, AudioPosition position, long nowMillis) {
        return audio.ask(id, channel, nowMillis).ring().beyond(position, nowMillis);
    }

    /** Whether audio of a stream is kept, because somebody looks at it. */
    public synchronized boolean isWatched(String id) {
        return audio.has(id);
    }

    /** How many streams' audio is kept. */
    public synchronized int watchedStreams() {
        return audio.size();
    }

    /** The newest events. */
    public synchronized List<SeenEvent> events(int limit) {
        return events.newest(limit, event -> true);
    }

    /** The newest dead letters, of one reason or, with null, of any. */
    public synchronized List<SeenDeadLetter> deadLetters(String reason, int limit) {
        return deadLetters.newest(limit, dead -> reason == null || dead.reason().equals(reason));
    }

    /** What is announced, by key. */
    public synchronized List<SeenAnnouncement> announcements() {
        return List.copyOf(announcements.values());
    }

    /** What happened to models. */
    public synchronized List<SeenEvent> modelEvents(int limit) {
        return events.newest(limit, SeenEvent::ofModel);
    }
}
