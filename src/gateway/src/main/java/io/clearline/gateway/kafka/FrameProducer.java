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

import io.clearline.gateway.media.FrameTarget;
import io.clearline.gateway.media.SessionCounter;
import io.clearline.gateway.media.SessionCounters;
import io.clearline.gateway.media.StreamSession;
import io.clearline.kafka.FrameGathering;
import io.clearline.kafka.WireHeaders;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the raw frames of all sessions to Kafka on one thread. Callers never wait for Kafka: frames go to a bounded
 * queue, and a frame older than a maximum age is dropped, since in a call it would be enhanced too late anyway. While
 * Kafka is away, memory therefore stays bounded and calls are played dry; when Kafka returns, the first frame sent is a
 * fresh one.
 *
 * <p>{@link #send} is thread-safe.
 */
public final class FrameProducer implements FrameTarget, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameProducer.class);
    private static final int QUEUE_FRAMES = 16_384;
    private static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(1);
    private static final long DELIVERY_MILLIS = 3000;
    private static final long POLL_MILLIS = 100;
    /** Frames of many sessions are batched, because a request costs about as much as this many frames. */
    private static final int TARGET_BATCH_FRAMES = 64;

    private static final int MAX_BATCH_FRAMES = 1024;
    private static final long MAX_BATCH_WAIT_MILLIS = 4;
    private static final long RETRY_MILLIS = 500;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private record QueuedFrame(StreamSession session, AudioFrame frame, SessionCounters counters, long sinceNanos) {}

    private final Properties settings;
    private final String topic;
    private final WireHeaders headers;
    private final long maxAgeNanos;
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private final BlockingQueue<QueuedFrame> queue = new ArrayBlockingQueue<>(QUEUE_FRAMES);
    private final FrameGathering gathering = new FrameGathering(MAX_BATCH_WAIT_MILLIS, TARGET_BATCH_FRAMES);
    private final Queue<QueuedFrame> gathered = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "clearline-gateway-producer");
    private volatile boolean running = true;
    private volatile long lastAcknowledgedNanos = Long.MIN_VALUE;
    /** Frames passed to the Kafka client and not yet acknowledged. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private KafkaProducer<byte[], byte[]> producer;

    /**
     * Makes a producer for live calls, with single-object framing and a maximum age of one second.
     *
     * @param clientSettings options of the Kafka client, for example security; may be empty. The default of linger.ms
     *     is 1
     */
    public FrameProducer(String bootstrapServers, String topic, Properties clientSettings) {
        this(bootstrapServers, topic, clientSettings, WireHeaders.SINGLE_OBJECT, DEFAULT_MAX_AGE);
    }

    /**
     * Makes a producer.
     *
     * @param clientSettings options of the Kafka client, for example security; may be empty. The default of linger.ms
     *     is 1
     * @param headers framing of the records
     * @param maxAge a frame that has waited longer is dropped
     */
    public FrameProducer(
            String bootstrapServers, String topic, Properties clientSettings, WireHeaders headers, Duration maxAge) {
        this.topic = topic;
        this.headers = headers;
        maxAgeNanos = maxAge.toNanos();
        settings = new Properties();
        // A batch is sent frame by frame without pause; without linger its first frame would get a request of its own.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "1");
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        settings.putAll(clientSettings);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(maxAge.toMillis() / 2));
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(8 << 20));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(maxAge.toMillis() + DELIVERY_MILLIS));
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        thread.setDaemon(true);
    }

    /** Starts the writing thread. */
    public void start() {
        thread.start();
    }

    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters counters) {
        if (!queue.offer(new QueuedFrame(session, frame, counters, System.nanoTime()))) {
            counters.add(SessionCounter.FRAMES_NOT_SENT);
        }
    }

    /** Returns whether Kafka has acknowledged a frame within the last five seconds. */
    public boolean isDelivering() {
        long last = lastAcknowledgedNanos;
        return last != Long.MIN_VALUE && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(5);
    }

    private void run() {
        connect();
        try {
            while (running || !queue.isEmpty()) {
                QueuedFrame first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    gather(first);
                    sendGathered();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (producer != null) {
            // Even with nothing left to write, close would wait for a broker that is away.
            producer.close(inFlight.get() == 0 ? Duration.ZERO : CLOSE_TIMEOUT);
        }
    }

    /** Connects before the first call. Connecting and finding the topic takes longer than frames of a call may wait. */
    private void connect() {
        try {
            producer = newProducer();
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            LOGGER.info(
                    "Topic {} is not available yet: {}. Calls are accepted and played dry until it is.",
                    topic,
                    e.getMessage());
        }
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Collects a batch: a frame, and those that arrive within the next milliseconds if the load makes that worthwhile.
     */
    private void gather(QueuedFrame first) throws InterruptedException {
        long waitMillis = gathering.waitMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        if (waitMillis > 0) {
            Thread.sleep(waitMillis);
        }
        gathered.add(first);
        queue.drainTo(gathered, MAX_BATCH_FRAMES);
    }

    private void sendGathered() throws InterruptedException {
        for (QueuedFrame each = gathered.poll(); each != null; each = gathered.poll()) {
            gathering.countFrame();
            try {
                sendOrDrop(each);
            } catch (RuntimeException e) {
                LOGGER.error("A frame cannot be written to {}.", topic, e);
            }
        }
    }

    private void sendOrDrop(QueuedFrame next) throws InterruptedException {
        // The last frame of a stream never gets too old, since the job closes the stream with it.
        if (System.nanoTime() - next.sinceNanos > maxAgeNanos && !next.frame.getLastOfStream()) {
            next.counters.add(SessionCounter.FRAMES_NOT_SENT);
            return;
        }
        try {
            if (producer == null) {
                producer = newProducer();
            }
            write(next);
        } catch (KafkaException e) {
            next.counters.add(SessionCounter.FRAMES_NOT_SENT);
            LOGGER.warn("Frames cannot be written to {}: {}. Retrying with a new producer.", topic, e.getMessage());
            recreateProducer();
        }
    }

    private void write(QueuedFrame next) {
        // Numbered only here, so that frames dropped earlier leave no gap in the sequence.
        next.frame.setSequence(next.session.nextSequence());
        byte[] key = next.frame.getStreamId().getBytes(StandardCharsets.UTF_8);
        byte[] value = headers.framed(topic, codec.encode(next.frame));
        inFlight.incrementAndGet();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            inFlight.decrementAndGet();
            if (exception == null) {
                lastAcknowledgedNanos = System.nanoTime();
                next.counters.add(SessionCounter.FRAMES_TO_KAFKA);
            } else {
                next.counters.add(SessionCounter.FRAMES_NOT_SENT);
            }
        });
    }

    private void recreateProducer() throws InterruptedException {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
            inFlight.set(0);
        }
        Thread.sleep(RETRY_MILLIS);
    }

    /** Writes what is queued, for six seconds at most, and stops. */
    @Override
    public void close() {
        running = false;
        try {
            thread.join(2 * CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
