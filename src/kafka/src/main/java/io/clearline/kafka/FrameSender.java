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
package io.clearline.kafka;

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes frames to Kafka with an idempotent producer, keyed by stream id: each once, and those of a stream in order.
 * Sending is asynchronous; a failed write is reported by the next {@link #send} or {@link #flush}. Thread-confined.
 */
public final class FrameSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private final String topic;
    private final WireHeaders headers;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * Creates the producer. Records are in single-object encoding.
     *
     * @param settings settings of the Kafka client, for example for security, or {@code linger.ms} instead of 0; may be
     *     empty
     */
    public FrameSender(String bootstrapServers, String topic, Properties settings) {
        this(bootstrapServers, topic, settings, WireHeaders.SINGLE_OBJECT);
    }

    /** As {@link #FrameSender(String, String, Properties)}, with the given framing. */
    public FrameSender(String bootstrapServers, String topic, Properties settings, WireHeaders headers) {
        this.headers = headers;
        Properties complete = new Properties();
        complete.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        complete.putAll(settings);
        complete.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        complete.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        complete.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(KafkaTopics.MAX_MESSAGE_BYTES));
        producer = new KafkaProducer<>(complete, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /**
     * Sends a frame asynchronously.
     *
     * @throws IOException if an earlier record could not be written
     */
    public void send(AudioFrame frame) throws IOException {
        send(frame.getStreamId().getBytes(StandardCharsets.UTF_8), headers.framed(topic, codec.encode(frame)));
    }

    /**
     * Sends a record asynchronously, without framing it: a frame that is encoded already, or malformed bytes in a test.
     *
     * @throws IOException if an earlier record could not be written
     */
    public void send(byte[] key, byte[] value) throws IOException {
        throwFailure();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /**
     * Waits until Kafka has acknowledged every record.
     *
     * @throws IOException if a record could not be written
     */
    public void flush() throws IOException {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() throws IOException {
        Exception first = failure.get();
        if (first != null) {
            throw KafkaAccess.failure("Frames can't be written to " + topic, first);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
