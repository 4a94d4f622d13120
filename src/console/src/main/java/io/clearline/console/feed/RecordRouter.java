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
package io.clearline.console.feed;

import io.clearline.console.board.Board;
import io.clearline.kafka.ProbeIds;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.ModelEvent;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records by topic and passes them to the board. Records that cannot be decoded are counted and skipped; the
 * job reports what is wrong with them. Thread-confined, because it reuses codecs and records.
 */
final class RecordRouter {
    private static final Logger LOGGER = LoggerFactory.getLogger(RecordRouter.class);
    private static final int MAX_KEY_CHARACTERS = 256;

    /** Processes the records of one topic. */
    private interface Route {
        void accept(ConsumerRecord<byte[], byte[]> record) throws WireFormatException;
    }

    private final Board board;
    private final Map<String, Route> routes = new HashMap<>();
    private final WireCodec<AudioFrame> rawCodec;
    private final WireCodec<EnhancedFrame> enhancedCodec;
    private final WireCodec<SdrEstimate> sdrCodec;
    private final WireCodec<StreamEvent> eventCodec;
    private final WireCodec<ModelEvent> modelEventCodec;
    private final WireCodec<DeadFrame> deadCodec;
    private final WireCodec<ModelAnnouncement> announcementCodec;
    private AudioFrame raw;
    private EnhancedFrame enhanced;
    private long undecodable;

    /** @param registry schema registry whose framing is accepted as well; null for none */
    RecordRouter(Board board, Topics topics, SchemaRegistry registry) {
        this.board = board;
        rawCodec = WireCodec.audioFrame().withRegistry(registry);
        enhancedCodec = WireCodec.enhancedFrame().withRegistry(registry);
        sdrCodec = WireCodec.sdrEstimate().withRegistry(registry);
        eventCodec = WireCodec.streamEvent().withRegistry(registry);
        modelEventCodec = WireCodec.modelEvent().withRegistry(registry);
        deadCodec = WireCodec.deadFrame().withRegistry(registry);
        announcementCodec = WireCodec.modelAnnouncement().withRegistry(registry);
        routes.put(topics.rawFrames(), this::raw);
        routes.put(topics.enhancedFrames(), this::enhanced);
        routes.put(
                topics.sdrEstimates(),
                record -> board.estimate(sdrCodec.decode(record.value(), null), record.timestamp()));
        routes.put(topics.events(), record -> board.event(eventCodec.decode(record.value(), null), record.timestamp()));
        routes.put(
                topics.modelEvents(),
                record -> board.modelEvent(modelEventCodec.decode(record.value(), null), record.timestamp()));
        routes.put(
                topics.deadFrames(),
                record -> board.deadLetter(
                        deadCodec.decode(record.value(), null), text(record.key()), record.timestamp()));
        routes.put(
                topics.models(),
                record -> board.announcement(
                        text(record.key()), announcementCodec.decode(record.value(), null), record.timestamp()));
    }

    /** Processes one record. Ignores the probe streams that check whether a job has started. Never throws. */
    void route(ConsumerRecord<byte[], byte[]> record) {
        if (ProbeIds.isProbe(record.key())) {
            return;
        }
        try {
            routes.get(record.topic()).accept(record);
        } catch (WireFormatException e) {
            undecodable++;
        } catch (RuntimeException e) {
            // One bad record must not stop the feed.
            LOGGER.warn("Skipped a record of topic {} at offset {}", record.topic(), record.offset(), e);
            undecodable++;
        }
    }

    /** Returns the number of skipped records. */
    long undecodable() {
        return undecodable;
    }

    private void raw(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
        if (FrameLimits.checkRecord(record.value()).isPresent()) {
            undecodable++;
            return;
        }
        AudioFrame reused = raw;
        // Dropped before decoding: after a failure the content of a reused record is undefined.
        raw = null;
        raw = rawCodec.decode(record.value(), reused);
        board.frameIn(raw, record.partition(), record.timestamp());
    }

    private void enhanced(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
        EnhancedFrame reused = enhanced;
        enhanced = null;
        enhanced = enhancedCodec.decode(record.value(), reused);
        if (EnhancedFrameLimits.areBrokenBy(enhanced)) {
            undecodable++;
            return;
        }
        board.frameOut(enhanced, record.partition(), record.timestamp());
    }

    private static String text(byte[] key) {
        if (key == null) {
            return "";
        }
        String text = new String(key, StandardCharsets.UTF_8);
        return text.length() <= MAX_KEY_CHARACTERS ? text : text.substring(0, MAX_KEY_CHARACTERS);
    }
}
