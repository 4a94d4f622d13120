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
package io.clearline.console;

import io.clearline.console.board.Board;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.EnhancedFrame;
import io.clearline.schemas.SdrEstimate;
import io.clearline.schemas.StreamEvent;
import io.clearline.schemas.StreamEventKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Simulates streams and the answers of a job, and adds them to a board without Kafka. The frames in carry a tone in
 * noise, the frames out the tone alone. The noise is seeded, so the samples are always the same.
 */
public final class SimulatedStreams {
    public static final int SAMPLE_RATE_HZ = 16_000;
    public static final int FRAME_SAMPLES = 320;
    public static final String MODEL = "live-16k";

    private static final double TONE_HZ = 500;
    private static final double TONE_AMPLITUDE = 0.3;
    private static final double NOISE_AMPLITUDE = 0.05;

    private final Board board;
    private final List<String> ids;
    private final int frameSamples;
    private final Random random = new Random(1);
    private long sequence;

    public SimulatedStreams(Board board, List<String> ids, int frameSamples) {
        this.board = board;
        this.ids = ids;
        this.frameSamples = frameSamples;
    }

    /** Opens the streams. */
    public void open(long millis) {
        ids.forEach(id -> board.event(event(id, StreamEventKind.OPENED, millis), millis));
    }

    /** Returns an event of a stream. */
    public static StreamEvent event(String id, StreamEventKind kind, long millis) {
        return new StreamEvent(id, kind, 0L, 1, 1000 * millis, "detail of " + kind, "s1");
    }

    /** Adds a frame of each stream and its answer, which follows 5 ms later. */
    public void frame(long millis) {
        byte[] before = payload(true);
        byte[] after = payload(false);
        for (String id : ids) {
            board.frameIn(raw(id, sequence, millis, before), 0, millis);
            board.frameOut(enhanced(id, sequence, millis, after), 0, millis + 5);
        }
        sequence++;
    }

    /** Adds an SDR estimate for each stream. */
    public void estimate(long millis) {
        for (String id : ids) {
            float out = 12 + random.nextFloat();
            board.estimate(
                    SdrEstimate.newBuilder()
                            .setStreamId(id)
                            .setWindowStartMicros(1000 * (millis - 1000))
                            .setWindowLengthMicros(1_000_000L)
                            .setInputSdrDb(4f)
                            .setOutputSdrDb(out)
                            .setOutputSdrLowDb(out - 2)
                            .setOutputSdrHighDb(out + 2)
                            .build(),
                    millis);
        }
    }

    /** Returns a frame of the tone, with or without the noise. */
    private byte[] payload(boolean noisy) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * frameSamples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frameSamples; i++) {
            long sample = sequence * frameSamples + i;
            double value = TONE_AMPLITUDE * Math.sin(2 * Math.PI * TONE_HZ * sample / SAMPLE_RATE_HZ);
            bytes.putShort((short) (32767 * (value + (noisy ? NOISE_AMPLITUDE * random.nextGaussian() : 0))));
        }
        return bytes.array();
    }

    /** Returns a frame as sent to the job. */
    public static AudioFrame raw(String id, long sequence, long millis, byte[] payload) {
        return new AudioFrame(
                id,
                sequence,
                1000 * millis,
                SAMPLE_RATE_HZ,
                AudioEncoding.PCM_S16LE,
                1,
                ByteBuffer.wrap(payload),
                false,
                Map.of(),
                "");
    }

    /** Returns a frame as enhanced by the job. */
    public static EnhancedFrame enhanced(String id, long sequence, long millis, byte[] payload) {
        return new EnhancedFrame(
                id,
                sequence,
                1000 * millis,
                SAMPLE_RATE_HZ,
                AudioEncoding.PCM_S16LE,
                1,
                ByteBuffer.wrap(payload),
                false,
                MODEL,
                "4",
                true,
                false,
                false,
                "s1");
    }
}
