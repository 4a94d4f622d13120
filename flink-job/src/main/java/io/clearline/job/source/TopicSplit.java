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

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/** An offset in a partition, with the id of the topic that it belongs to. Immutable. */
final class TopicSplit extends KafkaPartitionSplit {
    private final String topicId;

    TopicSplit(KafkaPartitionSplit split, String topicId) {
        super(
                split.getTopicPartition(),
                split.getStartingOffset(),
                split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
        this.topicId = topicId;
    }

    /** Returns the topic's id; empty if the broker does not support topic ids. */
    String topicId() {
        return topicId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicSplit split && super.equals(split) && topicId.equals(split.topicId);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + topicId.hashCode();
    }
}
