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
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Stands in for the job on a real Kafka: answers each raw frame with an enhanced frame of the same samples. */
public final class EchoJob implements AutoCloseable {
    private final String bootstrapServers;
    private final Thread thread = new Thread(this::run, "echo-job");
    private volatile boolean running = true;
    private volatile boolean reading;

    /** Starts to answer the frames written from now on. */
    public EchoJob(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        thread.start();
    }

    /** Returns whether it answers already. */
    public boolean isReading() {
        return reading;
    }

    private void run() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("reconnect.backoff.max.ms", "500");
        try (RecordReader reader = new RecordReader(bootstrapServers, Topics.DEFAULT.rawFrames(), settings);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            reader.skipToEnd();
            reading = true;
            WireCodec<AudioFrame> raw = WireCodec.audioFrame();
            WireCodec<EnhancedFrame> enhanced = WireCodec.enhancedFrame();
            while (running) {
                for (ConsumerRecord<byte[], byte[]> each : reader.poll(Duration.ofMillis(100))) {
                    byte[] answer = enhanced.encode(answer(raw.decode(each.value(), null)));
                    producer.send(new ProducerRecord<>(Topics.DEFAULT.enhancedFrames(), each.key(), answer));
                }
            }
        } catch (IOException | KafkaException e) {
            throw new IllegalStateException("The echo job failed.", e);
        }
    }

    private static EnhancedFrame answer(AudioFrame frame) {
        EnhancedFrame answer = new EnhancedFrame();
        answer.setStreamId(frame.getStreamId());
        answer.setSession(frame.getSession());
        answer.setSequence(frame.getSequence());
        answer.setCaptureTimeMicros(frame.getCaptureTimeMicros());
        answer.setSampleRateHz(frame.getSampleRateHz());
        answer.setEncoding(frame.getEncoding());
        answer.setChannels(frame.getChannels());
        answer.setLastOfStream(frame.getLastOfStream());
        answer.setPayload(frame.getPayload());
        answer.setModelName("echo");
        answer.setModelVersion("1");
        answer.setEnhanced(true);
        return answer;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
