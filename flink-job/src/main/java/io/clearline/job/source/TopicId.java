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

import java.time.Duration;
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
 */
record TopicId(String id) {
    /** Asks a broker for it. */
    interface Lookup extends AutoCloseable {
        /**
         * Asks now.
         *
         * @throws FlinkRuntimeException when there is no such topic, or no broker answers
         */
        TopicId find();

        @Override
        default void close() {}
    }

    /** Asks again and again, with one client, which is made when it is needed. Thread-safe. */
    static final class Client implements Lookup {
        private final String topic;
        private final Properties settings;
        private Admin admin;

        /** @param settings of a Kafka client, the bootstrap servers among them */
        Client(String topic, Properties settings) {
            this.topic = topic;
            this.settings = settings;
        }

        @Override
        public synchronized TopicId find() {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            return of(topic, admin);
        }

        @Override
        public synchronized void close() {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    /** Whether what was remembered of one topic holds for this one; where an id is not known it may. */
    boolean isNot(String rememberedId) {
        return !id.isEmpty() && !rememberedId.isEmpty() && !id.equals(rememberedId);
    }

    private static TopicId of(String topic, Admin admin) {
        try {
            TopicDescription found =
                    admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic);
            Uuid id = found.topicId();
            return new TopicId(id.equals(Uuid.ZERO_UUID) ? "" : id.toString());
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
