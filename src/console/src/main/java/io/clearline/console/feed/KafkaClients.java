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
import io.clearline.kafka.WireHeaders;
import io.clearline.schemas.SchemaRegistry;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The configuration of the Kafka clients of the console. Immutable.
 *
 * @param bootstrapServers bootstrap servers of the cluster
 * @param topics names of the topics
 * @param settings further client settings, for example of security; may be empty
 * @param headers framing of the records that are written
 * @param registry schema registry whose framing is accepted as well; null for none
 */
public record KafkaClients(
        String bootstrapServers, Topics topics, Properties settings, WireHeaders headers, SchemaRegistry registry) {
    /** The size of a fetch response: half a second of a few hundred streams. */
    private static final String MAX_FETCH_BYTES = Integer.toString(16 << 20);

    private static final String MAX_PARTITION_BYTES = Integer.toString(4 << 20);
    /** About the number of frames in such a response. */
    private static final String MAX_POLL_RECORDS = "25000";
    /**
     * The broker responds at once with whatever it has. Batching is left to the pauses between polls
     * ({@link PollPacer}): a broker that waits for a minimum has to check the waiting fetch on every append.
     */
    private static final String MIN_FETCH_BYTES = "1";

    private static final String MAX_FETCH_WAIT_MILLIS = "500";
    /**
     * Leaves the size to the operating system, which grows the buffer so that a large response arrives in few reads.
     */
    private static final String SYSTEM_BUFFER = "-1";

    /** Creates a configuration for Avro single-object encoding, without a schema registry. */
    public KafkaClients(String bootstrapServers, Topics topics, Properties settings) {
        this(bootstrapServers, topics, settings, WireHeaders.SINGLE_OBJECT, null);
    }

    /** Creates a consumer without a group: it commits no offsets, and cannot affect the consumers of the job. */
    Consumer<byte[], byte[]> consumer(String clientId) {
        Properties complete = new Properties();
        complete.putAll(settings);
        complete.remove(ConsumerConfig.GROUP_ID_CONFIG);
        complete.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        complete.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        complete.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        complete.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        complete.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        complete.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        complete.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MIN_FETCH_BYTES);
        complete.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_FETCH_WAIT_MILLIS);
        complete.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        complete.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_BYTES);
        complete.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, SYSTEM_BUFFER);
        complete.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
        complete.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        complete.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        complete.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        return new KafkaConsumer<>(complete, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
