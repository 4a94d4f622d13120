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
 * Hands finished samples out as frames: one for each that went in, with its identity, timing and length.
 * Thread-confined.
 */
final class FrameEmitter {
    private final StreamSink sink;
    private final StreamSink.FrameHead head = new StreamSink.FrameHead();

    FrameEmitter(StreamSink sink) {
        this.sink = sink;
    }

    /** Hands out the frames whose samples are all there, except those that went out before their time. */
    @HotPath
    void emitFinished(StreamState stream) {
        SampleFifo finished = stream.path().finished();
        PendingFrames pending = stream.pending;
        while (!pending.isEmpty() && pending.headSamples() <= finished.size()) {
            int samples = pending.headSamples();
            if (!pending.headEmitted()) {
                emit(stream, finished);
            }
            finished.remove(samples);
            pending.removeHead();
        }
    }

    @HotPath
    private void emit(StreamState stream, SampleFifo finished) {
        PendingFrames pending = stream.pending;
        head.stream = stream.session.name();
        head.sequence = pending.headSequence();
        head.captureTimeMicros = pending.headCaptureTimeMicros();
        head.sampleRateHz = stream.time.sampleRateHz();
        head.encoding = pending.headEncoding();
        head.samples = pending.headSamples();
        head.lastOfStream = pending.headLastOfStream();
        head.concealed = pending.headConcealed();
        head.bypassed = pending.headBypassed();
        head.model = stream.path().model().id();
        sink.frame(head, finished.array(), finished.head());
    }
}
