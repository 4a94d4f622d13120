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

/** Opens streams, resets and ends them, and says so. Thread-confined. */
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
     * Opens a stream that is closed, or opens an open one again with a new signal; the samples of the old one come out
     * first.
     *
     * @param first the frame to begin with, which is not taken yet
     * @param anew whether a session begins with it
     */
    void open(StreamState stream, StreamFrame first, boolean anew, String why) {
        boolean wasOpen = stream.isOpen();
        if (wasOpen) {
            drain(stream);
        }
        stream.session.open(first, anew);
        stream.order.startAt(first);
        stream.time.startAt(first);
        EnhancementModel model = models.forFrame(first.sampleRateHz, first.captureTimeMicros);
        stream.openChannels(
                first.channels, () -> new SignalPath(model, first.sampleRateHz, strength, keepsTones, comfortNoiseDb));
        startWindows(stream, first);
        event(stream, wasOpen ? StreamEventKind.RESET : StreamEventKind.OPENED, first, why);
    }

    /**
     * Ends an open stream: the tail of its signal goes out, then its memory is freed. What waits for its turn is
     * dropped.
     *
     * @param forGood whether the session can't go on
     */
    void end(StreamState stream, String reason, boolean forGood) {
        drain(stream);
        while (stream.order.waiting().count() > 0) {
            event(
                    stream,
                    StreamEventKind.LATE,
                    stream.order.waiting().removeFirst(),
                    "came after the stream's last frame; dropped");
        }
        sink.event(
                stream.session.name(),
                StreamEventKind.CLOSED,
                stream.order.nextSequence() - 1,
                0,
                stream.time.nextCaptureTimeMicros(),
                reason);
        stream.session.close(forGood);
        stream.closeChannels();
    }

    /** The sender was silent before {@code next}: the samples before and after it are no neighbours. */
    void pause(StreamState stream, StreamFrame next) {
        feeder.pause(stream);
        reporter.endWindows(stream);
        startWindows(stream, next);
    }

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
