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
 * Enhances audio of any length and number of channels block by block, without Kafka and Flink. It uses the same
 * {@link StreamProcessor} as the job. Each channel is processed as a stream of its own, so its samples are the same as
 * for the channel alone; the channels share the batch.
 *
 * <p>Uses constant memory, provided that finished frames are pulled. Thread-confined.
 */
public final class ChannelEnhancer {
    /** Number of samples per internal frame, which has no influence on the result. */
    private static final int FRAME_SAMPLES = 1024;

    private final StreamProcessor processor;
    private final StreamState[] streams;
    private final Channel[] outputs;
    private final StreamFrame frame = new StreamFrame();
    private final float[] samples = new float[FRAME_SAMPLES];
    private final int sampleRateHz;
    private long sequence;
    /** Number of samples per channel that were pushed. */
    private long position;

    /**
     * @param models models to enhance with; their batches must be empty
     * @param rules how the channels are treated
     * @param sampleRateHz sample rate of input and output
     * @param channels number of channels
     */
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
     * Takes the next samples.
     *
     * @param interleaved input, {@code [frames x channels]}, full scale 1
     * @param frames number of samples per channel
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

    /**
     * Ends the input. Afterwards everything that was pushed can be pulled.
     *
     * @throws IllegalStateException if the numbers of samples differ, which is a bug
     */
    public void end() {
        for (int channel = 0; channel < streams.length; channel++) {
            accept(channel, 0, true);
        }
        for (Channel output : outputs) {
            if (output.total != position) {
                throw new IllegalStateException("Expected " + position + " samples of output, found " + output.total
                        + "; this is a bug in the signal path.");
            }
        }
    }

    /**
     * Stops without an end. Runs the hops that wait in the batch, so that they do not reach the next user of the
     * models.
     */
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
     * Returns samples that are finished in every channel, aligned with those that were pushed.
     *
     * @param interleaved receives the output, {@code [maxFrames x channels]}
     * @param maxFrames largest number of samples per channel to return
     * @return number of samples per channel
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

    /** The finished samples of a channel that have not been pulled yet. */
    private static final class Channel {
        private float[] samples = new float[4 * FRAME_SAMPLES];
        private int filled;
        /** Number of samples that were ever added. */
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

    /** Appends finished frames to the output of their channel. */
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
            // Files are scored against their reference, not by estimates.
        }

        @Override
        public void event(
                StreamSession stream,
                StreamEventKind kind,
                long sequence,
                int frames,
                long captureTimeMicros,
                String detail) {
            // A file has no gaps or late frames, so its events carry no information.
        }
    }
}
