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

import io.clearline.inference.Strength;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;

/** Opens, resets and closes streams, and emits the events of these changes. Thread-confined. */
final class StreamLifecycle {
    private final ModelSet models;
    private final Strength strength;
    private final boolean keepsTones;
    private final float comfortNoiseDb;
    private final SignalFeeder feeder;
    private final SdrReporter reporter;
    private final StreamSink sink;

    StreamLifecycle(ModelSet models, StreamRules rules, SignalFeeder feeder, SdrReporter reporter, StreamSink sink) {
        this.models = models;
        strength = new Strength(rules.wet(), rules.maxAttenuationDb());
        keepsTones = rules.keepsTones();
        comfortNoiseDb = rules.comfortNoiseDb();
        this.feeder = feeder;
        this.reporter = reporter;
        this.sink = sink;
    }

    /**
     * Opens a stream. If it is open already, its signal is drained first and replaced by a new one, which is a reset.
     *
     * @param first the frame to start with, which is delivered afterwards
     * @param newSession whether a new session begins
     * @param why detail of the event
     */
    void open(StreamState stream, StreamFrame first, boolean newSession, String why) {
        boolean wasOpen = stream.isOpen();
        if (wasOpen) {
            drain(stream);
        }
        stream.session.open(first, newSession);
        stream.order.startAt(first);
        stream.time.startAt(first);
        EnhancementModel model = models.forFrame(first.sampleRateHz, first.captureTimeMicros);
        stream.openChannels(
                first.channels, () -> new SignalPath(model, first.sampleRateHz, strength, keepsTones, comfortNoiseDb));
        startWindows(stream, first);
        event(stream, wasOpen ? StreamEventKind.RESET : StreamEventKind.OPENED, first, why);
    }

    /**
     * Closes an open stream: emits the rest of its signal and frees it. Frames that still wait for an earlier one are
     * dropped.
     *
     * @param reason detail of the event
     * @param permanently whether the session has ended, so that later frames can't open it again
     */
    void end(StreamState stream, String reason, boolean permanently) {
        drain(stream);
        while (stream.order.waiting().count() > 0) {
            event(
                    stream,
                    StreamEventKind.LATE,
                    stream.order.waiting().removeFirst(),
                    "arrived after the stream's last frame; dropped");
        }
        sink.event(
                stream.session.name(),
                StreamEventKind.CLOSED,
                stream.order.nextSequence() - 1,
                0,
                stream.time.nextCaptureTimeMicros(),
                reason);
        stream.session.close(permanently);
        stream.closeChannels();
    }

    /**
     * Separates the samples before a silence of the sender from those of {@code next}, so that the model does not treat
     * them as adjacent.
     */
    void pause(StreamState stream, StreamFrame next) {
        feeder.pause(stream);
        reporter.endWindows(stream);
        startWindows(stream, next);
    }

    /** Starts the SDR windows of all channels at a frame. */
    private static void startWindows(StreamState stream, StreamFrame first) {
        for (StreamChannel channel : stream.channels()) {
            channel.window.startAt(first.captureTimeMicros);
        }
    }

    private void drain(StreamState stream) {
        feeder.drain(stream);
        reporter.endWindows(stream);
    }

    private void event(StreamState stream, StreamEventKind kind, StreamFrame frame, String detail) {
        sink.event(stream.session.name(), kind, frame.sequence, 1, frame.captureTimeMicros, detail);
    }
}
