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
 * A reader that resumes at stored offsets only if they belong to the current topic. If the topic was deleted and
 * created again, a live job reads the new one from its beginning. A replay fails for good, because its end was that of
 * the old topic. Confined to the task's thread.
 */
@SuppressWarnings("try") // The connector's reader may be interrupted while it closes, as any.
final class TopicReader<T> implements SourceReader<T, KafkaPartitionSplit> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicReader.class);

    /**
     * Start of a partition. The connector's marker for the earliest offset is not used, because it waits for an answer
     * that does not come for a partition that the new topic does not have yet.
     */
    private static final long FIRST_OFFSET = 0;

    private final SourceReader<T, KafkaPartitionSplit> reader;
    private final String topic;
    private final Boundedness boundedness;
    private final TopicId.Lookup lookup;
    private final Counter replaced;

    /** Null until the broker has been asked. */
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

    /**
     * Returns the split to read: the given one, or the whole partition if the topic is another one.
     *
     * @throws SuppressRestartsException if a replay's topic is another one
     */
    private KafkaPartitionSplit inCurrentTopic(KafkaPartitionSplit split) {
        if (!(split instanceof TopicSplit restored) || !current().differsFrom(restored.topicId())) {
            return split;
        }
        if (boundedness == Boundedness.BOUNDED) {
            throw new SuppressRestartsException(new IllegalStateException("The topic " + topic
                    + " was deleted and created again during the replay, which can't continue. Start the replay again"
                    + " without its checkpoint."));
        }
        LOGGER.warn(
                "Topic {} was deleted and created again: reading partition {} from its beginning, not from offset {}",
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
