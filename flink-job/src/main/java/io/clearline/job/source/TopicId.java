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

import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topic a name means now: one that is deleted and made again has the name of the old one and another id.
 *
 * @param id empty where the broker knows no ids
 * @param partitions how many it has
 */
record TopicId(String id, int partitions) {
    /** Asks a broker for it. */
    interface Lookup {
        /**
         * Asks now.
         *
         * @throws FlinkRuntimeException when there is no such topic, or no broker answers
         */
        TopicId find();
    }

    /** Whether what was remembered of one topic holds for this one; where an id is not known it may. */
    boolean isNot(String rememberedId) {
        return !id.isEmpty() && !rememberedId.isEmpty() && !id.equals(rememberedId);
    }

    /**
     * The topic of this name.
     *
     * @param settings of a Kafka client, the bootstrap servers among them
     * @throws FlinkRuntimeException when there is none, or no broker answers
     */
    static TopicId of(String topic, Properties settings) {
        try (Admin admin = Admin.create(settings)) {
            TopicDescription found =
                    admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic);
            return new TopicId(
                    found.topicId().equals(Uuid.ZERO_UUID)
                            ? ""
                            : found.topicId().toString(),
                    found.partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new FlinkRuntimeException(
                        "The topic " + topic + " is not there any more. Make it again; the job then reads it from its"
                                + " beginning.",
                        e.getCause());
            }
            throw new FlinkRuntimeException("The topic " + topic + " can't be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Interrupted while the topic " + topic + " was looked at", e);
        }
    }
}
