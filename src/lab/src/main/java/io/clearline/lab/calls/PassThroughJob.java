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
package io.clearline.lab.calls;

import io.clearline.kafka.RecordReader;
import io.clearline.kafka.Topics;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.WireCodec;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A program in place of the job that answers each raw frame with the same samples, marked as enhanced by the model
 * {@value #MODEL}. Frames that cannot be written within a few seconds are dropped, because no call waits that long.
 */
public final class PassThroughJob {
    static final String MODEL = "pass-through";
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

    private PassThroughJob() {}

    /**
     * Answers frames that arrive from now on, until it is killed.
     *
     * @param args the bootstrap servers
     */
    public static void main(String[] args) throws Exception {
        WireCodec<AudioFrame> raw = WireCodec.audioFrame();
        WireCodec<EnhancedFrame> enhanced = WireCodec.enhancedFrame();
        try (RecordReader reader = new RecordReader(args[0], Topics.DEFAULT.rawFrames(), consumerSettings());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        producerSettings(args[0]), new ByteArraySerializer(), new ByteArraySerializer())) {
            reader.skipToEnd();
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<byte[], byte[]> each : reader.poll(POLL_TIMEOUT)) {
                    byte[] answer = enhanced.encode(answer(raw.decode(each.value(), null)));
                    producer.send(new ProducerRecord<>(Topics.DEFAULT.enhancedFrames(), each.key(), answer));
                }
            }
        }
    }

    private static Properties consumerSettings() {
        Properties settings = new Properties();
        settings.put("reconnect.backoff.max.ms", "500");
        return settings;
    }

    private static Properties producerSettings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("reconnect.backoff.max.ms", "500");
        settings.put("linger.ms", "1");
        settings.put("request.timeout.ms", "2000");
        settings.put("delivery.timeout.ms", "3000");
        settings.put("max.block.ms", "500");
        return settings;
    }

    private static EnhancedFrame answer(AudioFrame frame) {
        return new EnhancedFrame(
                frame.getStreamId(),
                frame.getSequence(),
                frame.getCaptureTimeMicros(),
                frame.getSampleRateHz(),
                frame.getEncoding(),
                frame.getChannels(),
                frame.getPayload(),
                frame.getLastOfStream(),
                MODEL,
                "1",
                true,
                false,
                false,
                frame.getSession());
    }
}
