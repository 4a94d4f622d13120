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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.console.SimulatedStreams;
import io.clearline.console.board.Board;
import io.clearline.console.board.StreamDetail;
import io.clearline.kafka.Topics;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordRouterTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Topics TOPICS = Topics.DEFAULT;

    private final Board board = new Board();
    private final RecordRouter router = new RecordRouter(board, TOPICS, null);

    @Test
    void recordsOfEachTopicReachTheBoard() {
        route(TOPICS.rawFrames(), "a", WireCodec.audioFrame().encode(SimulatedStreams.raw("a", 0, NOW, new byte[640])));
        route(
                TOPICS.enhancedFrames(),
                "a",
                WireCodec.enhancedFrame().encode(SimulatedStreams.enhanced("a", 0, NOW, new byte[640])));
        route(
                TOPICS.events(),
                "a",
                WireCodec.streamEvent().encode(SimulatedStreams.event("a", StreamEventKind.OPENED, NOW)));
        route(
                TOPICS.models(),
                "live/16000",
                WireCodec.modelAnnouncement().encode(new ModelAnnouncement("live", "m", "2", "file:///m", "00", 0L)));
        Optional<StreamDetail> stream = board.stream("a", NOW);
        assertThat(stream).isPresent();
        assertThat(stream.get().row().framesOut()).isEqualTo(1);
        assertThat(stream.get().events()).hasSize(1);
        assertThat(board.announcements()).singleElement().satisfies(each -> assertThat(each.model())
                .isEqualTo("m@2"));
    }

    @Test
    void undecodableRecordsAreSkipped() {
        for (String topic : TOPICS.all()) {
            route(topic, "a", new byte[] {1, 2, 3});
            route(topic, null, null);
        }
        assertThat(router.undecodable()).isEqualTo(2L * TOPICS.all().size());
        assertThat(board.events(10)).isEmpty();
    }

    @Test
    void anAnswerThatBreaksALimitIsSkippedEvenIfItsStreamIsWatched() {
        board.watch("a", NOW);
        EnhancedFrame frame = SimulatedStreams.enhanced("a", 0, NOW, new byte[640]);
        frame.setChannels(0);
        route(TOPICS.enhancedFrames(), "a", WireCodec.enhancedFrame().encode(frame));
        assertThat(router.undecodable()).isEqualTo(1);
        assertThat(board.stream("a", NOW)).isEmpty();
    }

    @Test
    void probeStreamsAreNotShown() {
        route(
                TOPICS.events(),
                "clearline-probe-1-0",
                WireCodec.streamEvent()
                        .encode(SimulatedStreams.event("clearline-probe-1-0", StreamEventKind.OPENED, NOW)));
        assertThat(board.events(10)).isEmpty();
        assertThat(router.undecodable()).isZero();
    }

    private void route(String topic, String key, byte[] value) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        router.route(new ConsumerRecord<>(
                topic,
                0,
                0,
                NOW,
                TimestampType.CREATE_TIME,
                keyBytes == null ? -1 : keyBytes.length,
                value == null ? -1 : value.length,
                keyBytes,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
