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

import io.clearline.dsp.AudioClip;
import io.clearline.inference.SdrMeter;
import io.clearline.job.stream.ModelSet;
import io.clearline.job.stream.StreamProcessor;
import io.clearline.job.stream.StreamRules;
import io.clearline.job.stream.StreamSession;
import io.clearline.job.stream.StreamSink;
import io.clearline.job.stream.StreamState;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.FrameCutter;
import io.clearline.schemas.frame.FramePayload;
import io.clearline.schemas.frame.StreamFrame;

/**
 * Enhances whole clips without Kafka and Flink. It uses the same {@link StreamProcessor} as the job, so the samples are
 * the same as those of the job. Thread-confined.
 */
public final class OfflineEnhancer {
    private final ModelSet models;

    /** @param models models to enhance with; their batches must be empty */
    public OfflineEnhancer(ModelSet models) {
        this.models = models;
    }

    /**
     * Enhances a clip, cut into frames and encoded as a gateway would send it.
     *
     * @param encoding encoding of the samples in input and output frames
     * @param frameMillis length of a frame
     * @return a clip of the same length, aligned with the input
     */
    public AudioClip enhance(AudioClip clip, AudioEncoding encoding, int frameMillis) {
        float[] enhanced = new float[clip.samples().length];
        Collector collector = new Collector(enhanced);
        StreamProcessor processor = new StreamProcessor(models, StreamRules.DEFAULT, collector);
        StreamState stream = new StreamState("clip");
        FrameCutter cutter = new FrameCutter("clip", clip, encoding, frameMillis, 0);
        StreamFrame frame = new StreamFrame();
        while (cutter.next(frame)) {
            processor.accept(stream, frame);
        }
        if (collector.written != enhanced.length) {
            throw new IllegalStateException("Expected " + enhanced.length + " samples of output, found "
                    + collector.written + "; this is a bug in the signal path.");
        }
        return new AudioClip(enhanced, clip.sampleRateHz());
    }

    /** Concatenates the output frames. Encodes and decodes them, as on the way from the job to a listener. */
    private static final class Collector implements StreamSink {
        private final float[] target;
        private byte[] payload = new byte[0];
        private int written;

        Collector(float[] target) {
            this.target = target;
        }

        @Override
        public void frame(FrameHead head, float[] samples, int offset) {
            int bytes = head.samples * FrameLimits.bytesPerSample(head.encoding);
            if (payload.length < bytes) {
                payload = new byte[bytes];
            }
            FramePayload.encode(head.encoding, samples, offset, payload, head.samples);
            FramePayload.decode(head.encoding, payload, 0, target, written, head.samples);
            written += head.samples;
        }

        @Override
        public void estimate(
                StreamSession stream,
                int channel,
                long windowStartMicros,
                long windowLengthMicros,
                SdrMeter.Estimate estimate) {
            // Clips are scored against their reference, not by estimates.
        }

        @Override
        public void event(
                StreamSession stream,
                StreamEventKind kind,
                long sequence,
                int frames,
                long captureTimeMicros,
                String detail) {
            // A clip has no gaps or late frames, so its events carry no information.
        }
    }
}
