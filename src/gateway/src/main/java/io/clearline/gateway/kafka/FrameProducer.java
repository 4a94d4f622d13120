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
 * Writes the raw frames of all sessions to Kafka, by one thread. Nobody waits for Kafka: frames queue up to a bound,
 * and one that is too old, in a call after a second, is worth nothing any more. So memory is bounded while Kafka is
 * away, the calls go on dry, and the first frame after Kafka's return is a fresh one.
 */
public final class FrameProducer implements FrameTarget, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FrameProducer.class);
    private static final int QUEUE_FRAMES = 16_384;
    private static final Duration MAX_AGE_OF_CALLS = Duration.ofSeconds(1);
    private static final long DELIVERY_MILLIS = 3000;
    private static final long POLL_MILLIS = 100;
    /** Of many sessions, frames are written together: a request costs about as much as so many frames. */
    private static final int ENOUGH_FRAMES = 64;

    private static final int MAX_GATHERED_FRAMES = 1024;
    private static final long MAX_GATHERING_MILLIS = 4;
    private static final long RETRY_MILLIS = 500;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    private record Waiting(StreamSession session, AudioFrame frame, SessionCounters counters, long sinceNanos) {}

    private final Properties settings;
    private final String topic;
    private final WireHeaders headers;
    private final long maxAgeNanos;
    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(QUEUE_FRAMES);
    private final FrameGathering gathering = new FrameGathering(MAX_GATHERING_MILLIS, ENOUGH_FRAMES);
    private final Queue<Waiting> gathered = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "clearline-gateway-producer");
    private volatile boolean running = true;
    private volatile long lastAcknowledgedNanos = Long.MIN_VALUE;
    /** Frames that the Kafka client has and Kafka may not have yet. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private KafkaProducer<byte[], byte[]> producer;

    /** @param clientSettings of the Kafka client, security for example, or linger.ms in place of 1; may be empty */
    public FrameProducer(String bootstrapServers, String topic, Properties clientSettings) {
        this(bootstrapServers, topic, clientSettings, WireHeaders.SINGLE_OBJECT, MAX_AGE_OF_CALLS);
    }

    /**
     * As {@link #FrameProducer(String, String, Properties)}, in a framing.
     *
     * @param maxAge how old a frame may be that is still sent
     */
    public FrameProducer(
            String bootstrapServers, String topic, Properties clientSettings, WireHeaders headers, Duration maxAge) {
        this.topic = topic;
        this.headers = headers;
        maxAgeNanos = maxAge.toNanos();
        settings = new Properties();
        // Frames that were gathered follow each other at once, and shall not begin with a request for the first alone.
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

    /** Begins to write. */
    public void start() {
        thread.start();
    }

    @Override
    public void send(StreamSession session, AudioFrame frame, SessionCounters counters) {
        if (!queue.offer(new Waiting(session, frame, counters, System.nanoTime()))) {
            counters.add(SessionCounter.FRAMES_NOT_SENT);
        }
    }

    /** Whether Kafka has taken a frame in the last seconds. */
    public boolean isDelivering() {
        long last = lastAcknowledgedNanos;
        return last != Long.MIN_VALUE && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(5);
    }

    private void run() {
        connect();
        try {
            while (running || !queue.isEmpty()) {
                Waiting first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    gather(first);
                    sendGathered();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (producer != null) {
            // With nothing to write it would still wait for a broker that is away.
            producer.close(unanswered.get() == 0 ? Duration.ZERO : CLOSE_PATIENCE);
        }
    }

    /** Before the first call: to connect and to find the topic takes longer than its first frames may wait. */
    private void connect() {
        try {
            producer = newProducer();
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            LOGGER.info("{} is not there yet: {}. Calls are taken all the same.", topic, e.getMessage());
        }
    }

    private KafkaProducer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes a frame and those that come in the next milliseconds, where many come. */
    private void gather(Waiting first) throws InterruptedException {
        long waitMillis = gathering.waitMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        if (waitMillis > 0) {
            Thread.sleep(waitMillis);
        }
        gathered.add(first);
        queue.drainTo(gathered, MAX_GATHERED_FRAMES);
    }

    private void sendGathered() throws InterruptedException {
        for (Waiting each = gathered.poll(); each != null; each = gathered.poll()) {
            gathering.countFrame();
            try {
                sendOrDrop(each);
            } catch (RuntimeException e) {
                LOGGER.error("A frame can't be written to {}", topic, e);
            }
        }
    }

    private void sendOrDrop(Waiting next) throws InterruptedException {
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
            LOGGER.warn("Frames can't be written to {}: {}. Trying again with a new producer.", topic, e.getMessage());
            renew();
        }
    }

    private void write(Waiting next) {
        // Only now, so that a frame that was dropped before leaves no hole in the numbers.
        next.frame.setSequence(next.session.nextSequence());
        byte[] key = next.frame.getStreamId().getBytes(StandardCharsets.UTF_8);
        byte[] value = headers.framed(topic, codec.encode(next.frame));
        unanswered.incrementAndGet();
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            unanswered.decrementAndGet();
            if (exception == null) {
                lastAcknowledgedNanos = System.nanoTime();
                next.counters.add(SessionCounter.FRAMES_TO_KAFKA);
            } else {
                next.counters.add(SessionCounter.FRAMES_NOT_SENT);
            }
        });
    }

    private void renew() throws InterruptedException {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
            unanswered.set(0);
        }
        Thread.sleep(RETRY_MILLIS);
    }

    /** Writes what still waits, for some seconds at most, and ends. */
    @Override
    public void close() {
        running = false;
        try {
            thread.join(2 * CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
