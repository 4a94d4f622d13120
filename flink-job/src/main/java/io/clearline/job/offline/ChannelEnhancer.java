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
package io.clearline.job.offline;

import io.clearline.inference.SdrMeter;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamRules;
import io.clearline.job.stream.StreamSession;
import io.clearline.job.stream.StreamSink;
import io.clearline.job.stream.StreamState;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;
import java.util.Arrays;

/**
 * Enhances sound of any length and number of channels a block at a time, without Kafka and Flink, by the very class
 * that the job uses. Each channel is a stream of its own, so its samples are those of the channel alone, bit for bit;
 * the channels share the batch. Memory is that of the signal path. Thread-confined.
 */
public final class ChannelEnhancer {
    /** Samples of a frame; no part in the result. */
    private static final int FRAME_SAMPLES = 1024;

    private final StreamProcessor processor;
    private final StreamState[] streams;
    private final Channel[] outputs;
    private final StreamFrame frame = new StreamFrame();
    private final float[] samples = new float[FRAME_SAMPLES];
    private final int sampleRateHz;
    private long sequence;
    private long position;

    public ChannelEnhancer(ModelSet models, StreamRules rules, int sampleRateHz, int channels) {
        this.sampleRateHz = sampleRateHz;
        streams = new StreamState[channels];
        outputs = new Channel[channels];
        for (int channel = 0; channel < channels; channel++) {
            streams[channel] = new StreamState(Integer.toString(channel));
            outputs[channel] = new Channel();
        }
        processor = new StreamProcessor(models, rules, new Collector());
    }

    /**
     * Takes frames of the sound.
     *
     * @param interleaved {@code [frames x channels]}, full scale 1
     */
    public void push(float[] interleaved, int frames) {
        for (int from = 0; from < frames; from += FRAME_SAMPLES) {
            int length = Math.min(FRAME_SAMPLES, frames - from);
            for (int channel = 0; channel < streams.length; channel++) {
                for (int i = 0; i < length; i++) {
                    samples[i] = interleaved[(from + i) * streams.length + channel];
                }
                accept(channel, length, false);
            }
            sequence++;
            position += length;
        }
    }

    /** Ends the sound: everything that went in can be pulled. */
    public void end() {
        for (int channel = 0; channel < streams.length; channel++) {
            accept(channel, 0, true);
        }
        for (Channel output : outputs) {
            if (output.total != position) {
                throw new IllegalStateException(position + " samples went in, " + output.total
                        + " came out; this is a defect of the signal path.");
            }
        }
    }

    /** Gives up: what waits in the batch must not come out among the samples of whoever uses the models next. */
    public void abandon() {
        processor.flush();
    }

    private void accept(int channel, int length, boolean last) {
        frame.streamId = streams[channel].streamId();
        frame.sequence = sequence;
        frame.captureTimeMicros = 1_000_000L * position / sampleRateHz;
        frame.sampleRateHz = sampleRateHz;
        frame.setLinear(samples, length);
        frame.lastOfStream = last;
        processor.accept(streams[channel], frame);
    }

    /**
     * Gives frames that every channel has finished, aligned with those that went in.
     *
     * @param interleaved takes {@code [maxFrames x channels]}
     * @return how many
     */
    public int pull(float[] interleaved, int maxFrames) {
        int frames = maxFrames;
        for (Channel output : outputs) {
            frames = Math.min(frames, output.filled);
        }
        for (int channel = 0; channel < outputs.length; channel++) {
            for (int i = 0; i < frames; i++) {
                interleaved[i * outputs.length + channel] = outputs[channel].samples[i];
            }
            outputs[channel].remove(frames);
        }
        return frames;
    }

    /** Finished samples of a channel that wait for the others. */
    private static final class Channel {
        private float[] samples = new float[4 * FRAME_SAMPLES];
        private int filled;
        private long total;

        void add(float[] from, int offset, int length) {
            if (filled + length > samples.length) {
                samples = Arrays.copyOf(samples, 2 * (filled + length));
            }
            System.arraycopy(from, offset, samples, filled, length);
            filled += length;
            total += length;
        }

        void remove(int length) {
            System.arraycopy(samples, length, samples, 0, filled - length);
            filled -= length;
        }
    }

    private final class Collector implements StreamSink {
        @Override
        public void frame(FrameHead head, float[] from, int offset) {
            outputs[Integer.parseInt(head.stream.streamId())].add(from, offset, head.samples);
        }

        @Override
        public void estimate(
                StreamSession stream,
                int channel,
                long windowStartMicros,
                long windowLengthMicros,
                SdrMeter.Estimate estimate) {
            // A file is scored where its reference is.
        }

        @Override
        public void event(
                StreamSession stream,
                StreamEventKind kind,
                long sequence,
                int frames,
                long captureTimeMicros,
                String detail) {
            // A file begins and ends; nothing else happens to it.
        }
    }
}
