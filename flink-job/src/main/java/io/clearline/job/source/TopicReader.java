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
package io.clearline.job.source;

import io.clearline.job.JobMetric;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reader that takes up its places only in the topic they are in. Where the topic was deleted and made again, a live
 * job reads the new one from its beginning; a replay, whose end was that of the old one, is over. On the task's thread
 * alone.
 */
@SuppressWarnings("try") // The connector's reader may be interrupted while it closes, as any.
final class TopicReader<T> implements SourceReader<T, KafkaPartitionSplit> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicReader.class);

    /**
     * Where a partition begins. Not the connector's mark for it: that waits for an answer, and none comes of a
     * partition that the new topic does not have yet.
     */
    private static final long FIRST_OFFSET = 0;

    private final SourceReader<T, KafkaPartitionSplit> reader;
    private final String topic;
    private final Boundedness boundedness;
    private final TopicId.Lookup lookup;
    private final Counter replaced;

    /** Null until it is asked for. */
    private TopicId current;

    TopicReader(
            SourceReader<T, KafkaPartitionSplit> reader,
            String topic,
            Boundedness boundedness,
            TopicId.Lookup lookup,
            MetricGroup metrics) {
        this.reader = reader;
        this.topic = topic;
        this.boundedness = boundedness;
        this.lookup = lookup;
        replaced = JobMetric.PARTITIONS_REPLACED.counter(metrics);
    }

    private TopicId current() {
        if (current == null) {
            current = lookup.find();
            lookup.close();
        }
        return current;
    }

    @Override
    public void start() {
        current();
        reader.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        reader.addSplits(splits.stream().map(this::inCurrentTopic).toList());
    }

    private KafkaPartitionSplit inCurrentTopic(KafkaPartitionSplit split) {
        if (!(split instanceof TopicSplit restored) || !current().isNot(restored.topicId())) {
            return split;
        }
        if (boundedness == Boundedness.BOUNDED) {
            throw new SuppressRestartsException(new IllegalStateException("The topic " + topic
                    + " was deleted and made again during the replay, which can't go on. Start it anew, without its"
                    + " checkpoint."));
        }
        LOGGER.warn(
                "The topic {} was deleted and made again: partition {} is read from its beginning, not from offset {}",
                topic,
                split.getPartition(),
                split.getStartingOffset());
        replaced.inc();
        return new KafkaPartitionSplit(split.getTopicPartition(), FIRST_OFFSET);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        String id = current().id();
        return reader.snapshotState(checkpoint).stream()
                .<KafkaPartitionSplit>map(split -> new TopicSplit(split, id))
                .toList();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return reader.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        lookup.close();
        reader.close();
    }
}
