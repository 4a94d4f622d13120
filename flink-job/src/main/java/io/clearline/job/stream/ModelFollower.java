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
import io.clearline.inference.model.EnhancementModel;
import io.clearline.schemas.StreamEventKind;

/** Switches each stream to the model for its sample rate and capture time. Thread-confined. */
final class ModelFollower {
    private final ModelSet models;
    private final StreamSink sink;

    ModelFollower(ModelSet models, StreamSink sink) {
        this.models = models;
        this.sink = sink;
    }

    /** Switches the stream to the model for frames captured at this time, if it uses another one. */
    @HotPath
    void follow(StreamState stream, long captureTimeMicros) {
        EnhancementModel model = models.forFrame(stream.time.sampleRateHz(), captureTimeMicros);
        if (stream.channels()[0].path().model() != model) {
            changeModel(stream, model, captureTimeMicros);
        }
    }

    private void changeModel(StreamState stream, EnhancementModel model, long captureTimeMicros) {
        // Hops in the batch belong to the old model and must finish under it.
        if (stream.waitingHops() > 0) {
            models.run();
        }
        sink.event(
                stream.session.name(),
                StreamEventKind.MODEL_CHANGED,
                stream.order.nextSequence(),
                0,
                captureTimeMicros,
                "from " + stream.model() + " to " + model.id());
        for (StreamChannel channel : stream.channels()) {
            channel.path().changeModel(model);
        }
    }

    /**
     * Rebuilds the signals of a stream from their stored bytes, under the model that they were stored with. Does
     * nothing if they are live already.
     */
    void restoreIfStored(StreamState stream) {
        if (stream.isSignalStored()) {
            stream.restoreSignal(models.stored(stream.time.sampleRateHz(), stream.model()));
        }
    }

    /** Returns whether an open stream uses a model that is no longer in use. */
    boolean isUnderRetiredModel(StreamState stream) {
        return stream.isOpen() && !models.isInUse(stream.model());
    }

    /** Switches a stream from a retired model to the one in use for its next frame. */
    void leaveRetiredModel(StreamState stream) {
        restoreIfStored(stream);
        follow(stream, stream.time.nextCaptureTimeMicros());
    }
}
