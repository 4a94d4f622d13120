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
package io.clearline.lab.pipeline;

import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Writes streams of equal length to a topic as concurrent live streams would leave them: their frames are interleaved
 * in the order of time. Stateless.
 */
final class StoredStreams {
    /** 2026-01-01T00:00:00Z; constant, so that two runs store the same bytes. */
    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;

    private static final long FRAME_MICROS = TimeUnit.MILLISECONDS.toMicros(AudioPool.FRAME_MILLIS);

    private StoredStreams() {}

    /** Writes the streams as fast as Kafka accepts them. */
    static void write(String bootstrapServers, String topic, AudioPool audio, int streams, long framesPerStream)
            throws IOException {
        AudioFrame frame = new AudioFrame();
        frame.setSampleRateHz(audio.sampleRateHz());
        frame.setEncoding(AudioEncoding.PCM_S16LE);
        frame.setChannels(1);
        frame.setAttributes(Map.of());
        frame.setSession("");
        Properties settings = new Properties();
        settings.put("linger.ms", "20");
        try (FrameSender sender = new FrameSender(bootstrapServers, topic, settings)) {
            for (long sequence = 0; sequence < framesPerStream; sequence++) {
                for (int stream = 0; stream < streams; stream++) {
                    frame.setStreamId("stored-" + stream);
                    frame.setSequence(sequence);
                    frame.setCaptureTimeMicros(EPOCH_MICROS + sequence * FRAME_MICROS);
                    frame.setPayload(audio.frame(stream, sequence));
                    frame.setLastOfStream(sequence == framesPerStream - 1);
                    sender.send(frame);
                }
            }
            sender.flush();
        }
    }
}
