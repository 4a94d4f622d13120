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

/** Writes frames to Kafka, keyed by stream, each once and in order. One thread uses it. */
public final class FrameSender implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private final String topic;
    private final WireHeaders headers;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * Connects.
     *
     * @param settings of the Kafka client, security for example, or linger.ms in place of 0; may be empty
     */
    public FrameSender(String bootstrapServers, String topic, Properties settings) {
        this(bootstrapServers, topic, settings, WireHeaders.SINGLE_OBJECT);
    }

    /** As {@link #FrameSender(String, String, Properties)}, in a framing. */
    public FrameSender(String bootstrapServers, String topic, Properties settings, WireHeaders headers) {
        this.headers = headers;
        Properties complete = new Properties();
        complete.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        complete.putAll(settings);
        complete.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        complete.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        complete.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(4 << 20));
        producer = new KafkaProducer<>(complete, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    /** Sends a frame; returns at once. */
    public void send(AudioFrame frame) throws IOException {
        send(frame.getStreamId().getBytes(StandardCharsets.UTF_8), headers.framed(topic, codec.encode(frame)));
    }

    /** Sends any bytes: for whoever has encoded the frame already, or tests what happens to a broken one. */
    public void send(byte[] key, byte[] value) throws IOException {
        throwFailure();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /** Waits until everything sent has arrived. */
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
