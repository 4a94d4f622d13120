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

import io.clearline.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Manages the assignment and the positions of the consumer. Starts each partition at a bounded look-back, assigns
 * partitions that are created later, and skips to the end of a partition when the lag is too large. Thread-confined.
 */
final class TopicPositions {
    /** For frames and estimates: the board keeps their last minute only. */
    private static final Duration STREAM_LOOK_BACK = Duration.ofSeconds(60);

    private static final Duration EVENT_LOOK_BACK = Duration.ofHours(1);
    /** For announcements of models, whose topic is compacted. */
    private static final Duration UNLIMITED_LOOK_BACK = Duration.ofDays(100 * 365);

    private static final long MAX_LOOK_BACK_RECORDS = 50_000;
    /**
     * For frames, in each partition: the last minute of a few streams, or seconds of many. The rest is not needed,
     * because {@link AudioBackfill} reads the minute of a stream that is watched, and the list fills up within a
     * minute.
     */
    private static final long MAX_LOOK_BACK_FRAMES = 10_000;

    /** With a larger lag, reading skips to the end of the partition: current figures matter more than complete ones. */
    private static final long MAX_LAG_RECORDS = 300_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private long lag;
    private long skipped;

    TopicPositions(Consumer<byte[], byte[]> consumer, Topics topics) {
        this.consumer = consumer;
        this.topics = topics;
    }

    /** Assigns new partitions, and skips those whose lag is too large. */
    void refresh(long nowMillis) {
        Map<String, List<PartitionInfo>> existing = consumer.listTopics();
        Set<TopicPartition> added = new HashSet<>();
        missing.clear();
        for (String topic : topics.all()) {
            if (!existing.containsKey(topic)) {
                missing.add(topic);
                continue;
            }
            existing.get(topic).forEach(info -> added.add(new TopicPartition(topic, info.partition())));
        }
        added.removeAll(assigned);
        if (!added.isEmpty()) {
            assigned.addAll(added);
            consumer.assign(assigned);
            seekBack(added, nowMillis);
        }
        skipExcessiveLag();
    }

    private void seekBack(Set<TopicPartition> partitions, long nowMillis) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(partitions.stream()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> Math.max(
                                0, nowMillis - lookBack(partition.topic()).toMillis()))));
        for (TopicPartition partition : partitions) {
            long end = ends.get(partition);
            OffsetAndTimestamp start = starts.get(partition);
            long from = start == null ? end : start.offset();
            consumer.seek(partition, Math.max(from, end - maxRecords(partition.topic())));
        }
    }

    private Duration lookBack(String topic) {
        if (topic.equals(topics.models())) {
            return UNLIMITED_LOOK_BACK;
        }
        boolean ofEachStream = topic.equals(topics.rawFrames())
                || topic.equals(topics.enhancedFrames())
                || topic.equals(topics.sdrEstimates());
        return ofEachStream ? STREAM_LOOK_BACK : EVENT_LOOK_BACK;
    }

    private long maxRecords(String topic) {
        boolean frames = topic.equals(topics.rawFrames()) || topic.equals(topics.enhancedFrames());
        return frames ? MAX_LOOK_BACK_FRAMES : MAX_LOOK_BACK_RECORDS;
    }

    /** Returns whether the last fetch response left records unread. */
    boolean isBehind() {
        for (TopicPartition partition : assigned) {
            if (consumer.currentLag(partition).orElse(0) > 0) {
                return true;
            }
        }
        return false;
    }

    private void skipExcessiveLag() {
        lag = 0;
        for (TopicPartition partition : assigned) {
            long behind = consumer.currentLag(partition).orElse(0);
            if (behind > MAX_LAG_RECORDS) {
                consumer.seekToEnd(Set.of(partition));
                skipped += behind;
            } else {
                lag += behind;
            }
        }
    }

    List<String> missingTopics() {
        return List.copyOf(missing);
    }

    long lagRecords() {
        return lag;
    }

    long skippedRecords() {
        return skipped;
    }
}
