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

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An enumerator that fails the job if its topic is deleted and created again, so that the job restarts and its readers
 * find the new topic. Confined to the coordinator's thread; brokers are queried asynchronously.
 */
final class TopicEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicEnumerator.class);
    /** Time between two checks of the topic's id. */
    private static final long INTERVAL_MILLIS = 3_000;

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
    private final String topic;
    private final TopicId.Lookup lookup;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;

    /** Empty until a broker has reported the id. */
    private String knownId = "";

    TopicEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
            String topic,
            TopicId.Lookup lookup,
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        this.enumerator = enumerator;
        this.topic = topic;
        this.lookup = lookup;
        this.context = context;
    }

    @Override
    public void start() {
        enumerator.start();
        context.callAsync(lookup::find, this::check, 0, INTERVAL_MILLIS);
    }

    /** Compares the topic's id with the known one. */
    private void check(TopicId found, Throwable failure) {
        if (failure != null) {
            // A broker is unavailable, or the topic has not been created again yet. The next check will tell.
            LOGGER.debug("The id of topic {} could not be read; retrying in {} ms", topic, INTERVAL_MILLIS, failure);
            return;
        }
        if (found.differsFrom(knownId)) {
            throw new FlinkRuntimeException("The topic " + topic
                    + " was deleted and created again. The job restarts and reads the new topic from its beginning.");
        }
        knownId = found.id();
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
        return enumerator.snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        enumerator.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void close() throws IOException {
        lookup.close();
        enumerator.close();
    }
}
