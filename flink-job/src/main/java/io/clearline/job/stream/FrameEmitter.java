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

import io.clearline.dsp.HotPath;

/**
 * Emits finished samples as frames. Each frame of the input yields one frame with the same identity, timing, length and
 * number of channels.
 *
 * <p>Thread-confined; allocates nothing once the largest frame of several channels has been emitted.
 */
final class FrameEmitter {
    private final StreamSink sink;
    private final StreamSink.FrameHead head = new StreamSink.FrameHead();
    /** Buffer for a frame of several channels, {@code [samples x channels]}. */
    private float[] interleaved = new float[0];

    FrameEmitter(StreamSink sink) {
        this.sink = sink;
    }

    /**
     * Emits the frames whose samples are finished in every channel. A frame that was emitted early only takes its
     * samples out of the channels.
     */
    @HotPath
    void emitFinished(StreamState stream) {
        StreamChannel[] channels = stream.channels();
        PendingFrames pending = stream.pending;
        while (!pending.isEmpty() && isFinished(channels, pending.headSamples())) {
            int samples = pending.headSamples();
            if (!pending.headEmitted()) {
                emit(stream);
            }
            for (StreamChannel channel : channels) {
                channel.path().finished().remove(samples);
            }
            pending.removeHead();
        }
    }

    @HotPath
    private static boolean isFinished(StreamChannel[] channels, int samples) {
        for (StreamChannel channel : channels) {
            if (channel.path().finished().size() < samples) {
                return false;
            }
        }
        return true;
    }

    @HotPath
    private void emit(StreamState stream) {
        StreamChannel[] channels = stream.channels();
        PendingFrames pending = stream.pending;
        head.stream = stream.session.name();
        head.sequence = pending.headSequence();
        head.captureTimeMicros = pending.headCaptureTimeMicros();
        head.sampleRateHz = stream.time.sampleRateHz();
        head.encoding = pending.headEncoding();
        head.channels = channels.length;
        head.samples = pending.headSamples();
        head.lastOfStream = pending.headLastOfStream();
        head.concealed = pending.headConcealed();
        head.bypassed = pending.headBypassed();
        head.model = channels[0].path().model().id();
        if (channels.length == 1) {
            SampleFifo finished = channels[0].path().finished();
            sink.frame(head, finished.array(), finished.head());
        } else {
            interleave(channels, head.samples);
            sink.frame(head, interleaved, 0);
        }
    }

    @HotPath
    private void interleave(StreamChannel[] channels, int samples) {
        ensureCapacity(samples * channels.length);
        for (int channel = 0; channel < channels.length; channel++) {
            SampleFifo finished = channels[channel].path().finished();
            for (int i = 0; i < samples; i++) {
                interleaved[i * channels.length + channel] = finished.array()[finished.head() + i];
            }
        }
    }

    private void ensureCapacity(int length) {
        if (interleaved.length < length) {
            interleaved = new float[length];
        }
    }
}
