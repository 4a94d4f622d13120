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
package io.clearline.gateway.kafka;

import io.clearline.kafka.RecordReader;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of enhanced frames on one thread and passes each frame to a listener. Every gateway reads the whole
 * topic. It recognises its own streams by the record keys, and does not decode the frames of others.
 *
 * <p>Retries until Kafka is available, and reconnects after outages. Thread-safe.
 */
public final class EnhancedConsumer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(EnhancedConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_MILLIS = 500;
    private static final long CLOSE_MILLIS = 5000;

    private final String bootstrapServers;
    private final String topic;
    private final Properties settings = new Properties();
    private final EnhancedFrameListener listener;
    private final boolean fromBeginning;
    private final WireCodec<EnhancedFrame> codec;
    private final Thread thread = new Thread(this::run, "clearline-gateway-consumer");
    private volatile boolean running = true;
    private volatile boolean reading;
    /** The problem that was logged last, so that a lasting outage is logged once. Confined to the reading thread. */
    private String lastProblem = "";

    /**
     * Makes a consumer that reads the frames written after its start.
     *
     * @param clientSettings options of the Kafka client, for example security; may be empty
     * @param listener is called on the reading thread
     */
    public EnhancedConsumer(
            String bootstrapServers, String topic, Properties clientSettings, EnhancedFrameListener listener) {
        this(bootstrapServers, topic, clientSettings, WireCodec.enhancedFrame(), listener, false);
    }

    /**
     * Makes a consumer.
     *
     * @param clientSettings options of the Kafka client, for example security; may be empty
     * @param codec decodes the expected record framings
     * @param listener is called on the reading thread
     * @param fromBeginning whether to read the frames that are in the topic already
     */
    public EnhancedConsumer(
            String bootstrapServers,
            String topic,
            Properties clientSettings,
            WireCodec<EnhancedFrame> codec,
            EnhancedFrameListener listener,
            boolean fromBeginning) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.codec = codec;
        this.listener = listener;
        this.fromBeginning = fromBeginning;
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
        settings.putAll(clientSettings);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        thread.setDaemon(true);
    }

    /** Starts the reading thread. */
    public void start() {
        thread.start();
    }

    /** Returns whether the topic has been found and is being read. */
    public boolean isReading() {
        return reading;
    }

    private void run() {
        while (running) {
            try (RecordReader reader = new RecordReader(bootstrapServers, topic, settings)) {
                if (!fromBeginning) {
                    reader.skipToEnd();
                }
                reading = true;
                lastProblem = "";
                while (running) {
                    for (ConsumerRecord<byte[], byte[]> each : reader.poll(POLL)) {
                        deliver(each, System.nanoTime());
                    }
                }
            } catch (IOException | KafkaException e) {
                if (running) {
                    warnOnce(e.getMessage());
                    pause();
                }
            }
            reading = false;
        }
    }

    /** Logs a problem unless it was logged last: an outage may last for hours, and an attempt takes seconds. */
    private void warnOnce(String problem) {
        if (!problem.equals(lastProblem)) {
            LOGGER.warn("{} Retrying until it is available.", problem);
            lastProblem = problem;
        }
    }

    private void deliver(ConsumerRecord<byte[], byte[]> each, long readyNanos) {
        if (each.key() == null || each.value() == null) {
            return;
        }
        String streamId = new String(each.key(), StandardCharsets.UTF_8);
        if (!listener.follows(streamId)) {
            return;
        }
        try {
            listener.frame(codec.decode(each.value(), null), readyNanos);
        } catch (WireFormatException e) {
            LOGGER.warn(
                    "The record in {} partition {} offset {} is not an enhanced frame and is skipped: {}",
                    topic,
                    each.partition(),
                    each.offset(),
                    e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops reading at once. Interrupts the client, which would otherwise wait for seconds while Kafka is away. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
