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
package io.clearline.job.stream;

import io.clearline.inference.SdrMeter;
import io.clearline.inference.model.ModelId;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.StreamEventKind;

/**
 * Receives the output of streams, in the order of each stream. Called on the thread that calls the
 * {@link StreamProcessor}.
 */
public interface StreamSink {
    /**
     * Receives a finished frame.
     *
     * @param head identity, timing and treatment of the frame; reused, so valid during the call only
     * @param samples samples of all channels, {@code [head.samples x head.channels]} from {@code offset} on, full scale
     *     1; valid during the call only
     */
    void frame(FrameHead head, float[] samples, int offset);

    /**
     * Receives the SDR estimate of one window.
     *
     * @param channel channel of the stream, from 0
     * @param windowStartMicros capture time of the window's first sample
     */
    void estimate(
            StreamSession stream,
            int channel,
            long windowStartMicros,
            long windowLengthMicros,
            SdrMeter.Estimate estimate);

    /**
     * Receives an event of a stream.
     *
     * @param sequence sequence number of the frame at which it happened
     * @param frames number of frames that it concerns
     * @param detail explanation for people
     */
    void event(
            StreamSession stream,
            StreamEventKind kind,
            long sequence,
            int frames,
            long captureTimeMicros,
            String detail);

    /** Identity, timing and treatment of a finished frame. Mutable, and reused from call to call. */
    final class FrameHead {
        public StreamSession stream = new StreamSession("", "");
        public long sequence;
        public long captureTimeMicros;
        public int sampleRateHz;
        public AudioEncoding encoding = AudioEncoding.PCM_S16LE;
        /** Number of interleaved channels. */
        public int channels = 1;
        /** Number of samples per channel. */
        public int samples;

        public boolean lastOfStream;
        /** Whether the frame replaces a missing one. */
        public boolean concealed;
        /** Whether the frame contains dry samples because of overload. */
        public boolean bypassed;
        /** Model of the stream when the frame was emitted. */
        public ModelId model;
    }
}
