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
package io.clearline.lab.chaos;

import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Deterministic streams of frames of 20 ms at 8 kHz and 16 bit, numbered from 0. A frame depends on the seed, the
 * stream id, its number and the start time alone. Immutable.
 */
public final class NumberedStreams {
    /** Duration of one frame. */
    public static final long FRAME_MICROS = 20_000;

    private static final int RATE_HZ = 8000;
    private static final int FRAME_SAMPLES = (int) (RATE_HZ * FRAME_MICROS / 1_000_000);
    /** Prime, so that a stream repeats a section of the pool only after a long time. */
    private static final int POOL_SAMPLES = 100_003;

    private static final double MAX_AMPLITUDE = 0.2 * Short.MAX_VALUE;

    private final byte[] pool;
    private final long seed;

    public NumberedStreams(long seed) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate(2 * POOL_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < POOL_SAMPLES; i++) {
            // The level rises and falls every 2000 samples, at the rate of syllables.
            double envelope = 0.1 + 0.9 * Math.abs((i % 2000) / 1000.0 - 1);
            bytes.putShort((short) Math.round(MAX_AMPLITUDE * envelope * (2 * random.nextDouble() - 1)));
        }
        pool = bytes.array();
    }

    /**
     * Returns one frame. Its payload is a view of a shared buffer and must not be modified.
     *
     * @param startMicros capture time of frame 0
     * @param last whether it is the last frame of the stream
     */
    public AudioFrame frame(String stream, long sequence, long startMicros, boolean last) {
        long offset = seed * 31 + stream.hashCode() * 7919L + sequence * FRAME_SAMPLES;
        int from = (int) Math.floorMod(offset, (long) POOL_SAMPLES - FRAME_SAMPLES);
        return AudioFrame.newBuilder()
                .setStreamId(stream)
                .setSequence(sequence)
                .setCaptureTimeMicros(startMicros + sequence * FRAME_MICROS)
                .setSampleRateHz(RATE_HZ)
                .setEncoding(AudioEncoding.PCM_S16LE)
                .setChannels(1)
                .setPayload(ByteBuffer.wrap(pool, 2 * from, 2 * FRAME_SAMPLES).slice())
                .setLastOfStream(last)
                .setAttributes(Map.of())
                .build();
    }
}
