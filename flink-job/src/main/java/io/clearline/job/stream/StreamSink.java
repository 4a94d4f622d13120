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

/** Takes what a stream gives, in the stream's order. Called on the thread that feeds the {@link StreamProcessor}. */
public interface StreamSink {
    /**
     * One finished frame.
     *
     * @param samples of every channel, interleaved, {@code [head.samples x head.channels]} from the offset on; full
     *     scale is 1; valid only during the call
     */
    void frame(FrameHead head, float[] samples, int offset);

    /**
     * What is known of one window of a channel.
     *
     * @param channel which channel of the stream, from 0
     */
    void estimate(
            StreamSession stream,
            int channel,
            long windowStartMicros,
            long windowLengthMicros,
            SdrMeter.Estimate estimate);

    /**
     * Something happened to a stream.
     *
     * @param sequence the frame it happened at
     * @param frames how many frames it concerns
     */
    void event(
            StreamSession stream,
            StreamEventKind kind,
            long sequence,
            int frames,
            long captureTimeMicros,
            String detail);

    /** Identity, timing and treatment of a finished frame; reused from call to call. */
    final class FrameHead {
        public StreamSession stream = new StreamSession("", "");
        public long sequence;
        public long captureTimeMicros;
        public int sampleRateHz;
        public AudioEncoding encoding = AudioEncoding.PCM_S16LE;
        /** How many channels are interleaved. */
        public int channels = 1;
        /** Of each channel. */
        public int samples;

        public boolean lastOfStream;
        public boolean concealed;
        public boolean bypassed;
        public ModelId model;
    }
}
