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
 * The identity of a topic. A topic that is deleted and created again has the same name but another id. Immutable.
 *
 * @param id the id; empty if the broker does not support topic ids
 */
record TopicId(String id) {
    /** Reads the id of a topic from a broker. */
    interface Lookup extends AutoCloseable {
        /**
         * Returns the current id.
         *
         * @throws FlinkRuntimeException if the topic does not exist, or no broker answers
         */
        TopicId find();

        @Override
        default void close() {}
    }

    /** A lookup that can be repeated. Creates one Kafka client when it is first used. Thread-safe. */
    static final class Client implements Lookup {
        private final String topic;
        private final Properties settings;
        private Admin admin;

        /** @param settings settings of a Kafka client, including the bootstrap servers */
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

    /**
     * Returns whether this is known to be another topic than the one with the remembered id. False if either id is
     * unknown.
     */
    boolean differsFrom(String rememberedId) {
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
                        "The topic " + topic + " does not exist any more. Create it again; the job then reads it from"
                                + " its beginning.",
                        e.getCause());
            }
            throw new FlinkRuntimeException("The topic " + topic + " can't be described", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("Interrupted while describing the topic " + topic, e);
        }
    }
}
