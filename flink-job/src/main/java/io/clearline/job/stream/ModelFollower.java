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

/** Keeps each stream under the model of its rate and moment. Thread-confined. */
final class ModelFollower {
    private final ModelSet models;
    private final StreamSink sink;

    ModelFollower(ModelSet models, StreamSink sink) {
        this.models = models;
        this.sink = sink;
    }

    /** Goes on with the model of what was captured then. */
    @HotPath
    void follow(StreamState stream, long captureTimeMicros) {
        EnhancementModel model = models.forFrame(stream.time.sampleRateHz(), captureTimeMicros);
        if (stream.channels()[0].path().model() != model) {
            changeModel(stream, model, captureTimeMicros);
        }
    }

    private void changeModel(StreamState stream, EnhancementModel model, long captureTimeMicros) {
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

    /** Turns a stream's stored signals into live ones, under the model that stored it. */
    void restoreIfStored(StreamState stream) {
        if (stream.isSignalStored()) {
            stream.restoreSignal(models.stored(stream.time.sampleRateHz(), stream.model()));
        }
    }

    /** Whether a stream is under a model that streams can't go on under. */
    boolean isUnderRetiredModel(StreamState stream) {
        return stream.isOpen() && !models.isInUse(stream.model());
    }

    /** Makes a stream whose model has to go go on with the one that is in use now. */
    void leaveRetiredModel(StreamState stream) {
        restoreIfStored(stream);
        follow(stream, stream.time.nextCaptureTimeMicros());
    }
}
