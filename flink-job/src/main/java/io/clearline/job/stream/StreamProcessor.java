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
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;
import java.util.List;

/**
 * Processes the frames of streams, independently of Flink. Puts the frames of each stream into order, conceals missing
 * ones, and passes them to the {@link StreamLifecycle} and the {@link SignalFeeder}, which adds their hops to the
 * batch. Finished frames, estimates and events go to a {@link StreamSink}.
 *
 * <p>A live job, a replay and offline enhancement use this class, so they yield the same samples.
 *
 * <p>Thread-confined. Hops of a stream may wait in the batch until {@link #flush}, so states may be stored only after
 * that.
 */
public final class StreamProcessor {
    private final ModelSet models;
    private final StreamRules rules;
    private final StreamSink sink;
    private final SignalFeeder feeder;
    private final ModelFollower follower;
    private final StreamLifecycle lifecycle;

    /**
     * Creates a processor.
     *
     * @param models models that streams are enhanced with; at least one
     * @param rules how streams are treated
     * @param sink receives all output, on the thread that calls this processor
     */
    public StreamProcessor(ModelSet models, StreamRules rules, StreamSink sink) {
        this.models = models;
        this.rules = rules;
        this.sink = sink;
        SdrReporter reporter = new SdrReporter(rules.sdrIntervalMillis(), sink);
        feeder = new SignalFeeder(models, new FrameEmitter(sink), reporter);
        follower = new ModelFollower(models, sink);
        lifecycle = new StreamLifecycle(models, rules, feeder, reporter, sink);
    }

    /**
     * Processes a frame of a stream. The frame may be reused after the call.
     *
     * <p>If the rules limit the time that a frame waits for a missing one, {@link StreamState#lastSeenMillis()} must be
     * set to the time of this frame before.
     */
    @HotPath
    public void accept(StreamState stream, StreamFrame frame) {
        follower.restoreIfStored(stream);
        if (!stream.session.includes(frame)) {
            acceptOtherSession(stream, frame);
            return;
        }
        if (!stream.session.wasEverOpened()) {
            startSession(stream, frame, "");
            return;
        }
        switch (stream.order.judge(frame, stream.time, rules)) {
            case NEXT -> acceptNext(stream, frame);
            case AHEAD -> acceptAhead(stream, frame);
            case DUPLICATE -> event(stream, StreamEventKind.DUPLICATE, frame, "received before; dropped");
            case LATE -> event(stream, StreamEventKind.LATE, frame, "its place has passed; dropped");
            case RESTART -> restart(stream, frame, "sequence number decreased while capture time increased");
            case STRAY -> acceptStray(stream, frame);
        }
    }

    /**
     * Runs the batch, however full it is. All waiting hops are finished and the frames that they complete are emitted.
     */
    public void flush() {
        models.run();
    }

    /** Returns the number of hops that wait in the batch. */
    public int pendingHops() {
        return models.pendingHops();
    }

    /**
     * Emits what streams still hold because no further frame has arrived in time. Missing frames are given up, and
     * frames in the signal path are emitted. The streams stay open and continue as if this had not happened.
     *
     * <p>Needs a copy of each stream, so time and memory grow with the number of streams.
     */
    public void release(List<StreamState> streams) {
        for (StreamState stream : streams) {
            follower.restoreIfStored(stream);
            takeAllWaiting(stream);
        }
        feeder.emitTails(streams);
    }

    /**
     * Closes a stream. Emits the frames that it still holds and the rest of its signal, and frees the signal.
     *
     * @param reason detail of the event
     */
    public void close(StreamState stream, String reason) {
        follower.restoreIfStored(stream);
        takeAllWaiting(stream);
        // Nothing arrived after the strays that would contradict a restart of the sender.
        takeStrays(stream);
        if (stream.isOpen()) {
            lifecycle.end(stream, reason, false);
        }
    }

    /** Turns a stream's stored signal into a live one, under the model that it was stored with. */
    public void restoreIfStored(StreamState stream) {
        follower.restoreIfStored(stream);
    }

    /** Returns whether an open stream uses a model that is no longer in use. */
    public boolean isUnderRetiredModel(StreamState stream) {
        return follower.isUnderRetiredModel(stream);
    }

    /** Switches a stream from a retired model to the one in use for its next frame. */
    public void leaveRetiredModel(StreamState stream) {
        follower.leaveRetiredModel(stream);
    }

    /**
     * Handles a frame of a session other than the current one: late if that session has ended, else the start of a new
     * one.
     */
    private void acceptOtherSession(StreamState stream, StreamFrame frame) {
        if (stream.session.isClosed(frame)) {
            sink.event(
                    new StreamSession(stream.streamId(), frame.session),
                    StreamEventKind.LATE,
                    frame.sequence,
                    1,
                    frame.captureTimeMicros,
                    "its session has ended; dropped");
            return;
        }
        takeAllWaiting(stream);
        dropStrays(stream);
        if (stream.isOpen()) {
            lifecycle.end(stream, "session " + frame.session + " started", true);
        } else {
            stream.session.close(true);
        }
        startSession(stream, frame, "");
    }

    private void startSession(StreamState stream, StreamFrame frame, String why) {
        lifecycle.open(stream, frame, true, why);
        deliver(stream, frame);
    }

    /** Starts a new session after the sender has restarted. What it sent before is emitted first. */
    private void restart(StreamState stream, StreamFrame frame, String why) {
        takeAllWaiting(stream);
        dropStrays(stream);
        startSession(stream, frame, stream.isOpen() ? why : "");
    }

    @HotPath
    private void acceptNext(StreamState stream, StreamFrame frame) {
        if (stream.order.strays().count() > 0) {
            dropStrays(stream);
        }
        if (!stream.isOpen()) {
            lifecycle.open(stream, frame, stream.session.isEnded(), "");
        }
        deliver(stream, frame);
        takeWaitingThatFollow(stream);
    }

    private void acceptAhead(StreamState stream, StreamFrame frame) {
        dropStrays(stream);
        if (!stream.isOpen()) {
            lifecycle.open(stream, frame, stream.session.isEnded(), "");
            deliver(stream, frame);
            return;
        }
        WaitingFrames waiting = stream.order.waiting();
        stream.order.hold(frame, stream.lastSeenMillis());
        // No frame follows the last one, so the missing frames are not waited for.
        boolean enough = frame.lastOfStream
                || stream.order.waitedMillis(stream.lastSeenMillis()) >= rules.reorderTimeoutMillis();
        while (stream.isOpen() && (waiting.count() > rules.reorderFrames() || enough && waiting.count() > 0)) {
            takeFirstWaiting(stream);
            takeWaitingThatFollow(stream);
        }
    }

    /**
     * Stores a frame that does not belong to the session, until enough consecutive ones show that the sender has
     * restarted.
     */
    private void acceptStray(StreamState stream, StreamFrame frame) {
        WaitingFrames strays = stream.order.strays();
        if (strays.count() > 0 && frame.sequence != strays.last().sequence + 1) {
            dropStrays(stream);
        }
        strays.add(frame);
        if (strays.count() == StreamOrder.RESTART_FRAMES || frame.lastOfStream) {
            takeAllWaiting(stream);
            takeStrays(stream);
        }
    }

    /** Starts a new session with the strays. */
    private void takeStrays(StreamState stream) {
        WaitingFrames strays = stream.order.strays();
        if (strays.count() == 0) {
            return;
        }
        String why = strays.count() + " consecutive frames that do not belong to the previous session";
        startSession(stream, strays.removeFirst(), stream.isOpen() ? why : "");
        while (stream.isOpen() && strays.count() > 0) {
            deliver(stream, strays.removeFirst());
        }
    }

    /** Drops the strays, because the session has gone on without them. */
    private void dropStrays(StreamState stream) {
        while (stream.order.strays().count() > 0) {
            event(
                    stream,
                    StreamEventKind.LATE,
                    stream.order.strays().removeFirst(),
                    "does not belong to the session, which continued; dropped");
        }
    }

    /** Takes all waiting frames, and conceals those that are missing between them. */
    private void takeAllWaiting(StreamState stream) {
        while (stream.isOpen() && stream.order.waiting().count() > 0) {
            takeFirstWaiting(stream);
        }
    }

    /** Takes the waiting frames that are next in sequence. */
    @HotPath
    private void takeWaitingThatFollow(StreamState stream) {
        WaitingFrames waiting = stream.order.waiting();
        while (stream.isOpen() && waiting.count() > 0 && waiting.first().sequence == stream.order.nextSequence()) {
            deliver(stream, waiting.removeFirst());
        }
    }

    /** Gives up the missing frames before the earliest waiting frame, and takes that frame. */
    private void takeFirstWaiting(StreamState stream) {
        StreamFrame frame = stream.order.waiting().removeFirst();
        long missing = frame.sequence - stream.order.nextSequence();
        if (missing > stream.time.maxGapFrames(rules)) {
            lifecycle.open(stream, frame, false, missing + " frames are missing, more than can be concealed");
        } else if (missing > 0) {
            conceal(stream, missing, frame);
        }
        deliver(stream, frame);
    }

    /**
     * Conceals the frames that are missing before {@code next}. If the capture time shows that fewer frames fit, the
     * rest is skipped.
     */
    private void conceal(StreamState stream, long missing, StreamFrame next) {
        long concealed = stream.time.framesWithPlace(missing, next);
        sink.event(
                stream.session.name(),
                StreamEventKind.GAP,
                stream.order.nextSequence(),
                (int) missing,
                stream.time.nextCaptureTimeMicros(),
                concealed == missing
                        ? "concealed"
                        : concealed + " of them concealed; by capture time, no more are missing");
        for (long i = 0; i < concealed; i++) {
            feeder.conceal(stream);
        }
        stream.order.skipTo(next.sequence);
    }

    /** Takes the frame that the stream waits for. */
    @HotPath
    private void deliver(StreamState stream, StreamFrame frame) {
        if (frame.sampleRateHz != stream.time.sampleRateHz() || frame.channels != stream.channels().length) {
            changeFormat(stream, frame);
        } else if (stream.time.isPauseBefore(frame)) {
            lifecycle.pause(stream, frame);
        }
        follower.follow(stream, frame.captureTimeMicros);
        int samples = frame.samples();
        stream.order.onTaken(frame);
        stream.time.onTaken(frame, samples);
        stream.pending.add(frame.sequence, frame.captureTimeMicros, samples, frame.encoding, false, frame.lastOfStream);
        feeder.feed(stream, frame);
        if (frame.lastOfStream) {
            lifecycle.end(stream, "last frame", true);
        }
    }

    /** Resets the stream, because the sample rate or the number of channels has changed. */
    private void changeFormat(StreamState stream, StreamFrame frame) {
        String why = frame.channels == stream.channels().length
                ? "sample rate changed from " + stream.time.sampleRateHz() + " to " + frame.sampleRateHz + " Hz"
                : "number of channels changed from " + stream.channels().length + " to " + frame.channels;
        lifecycle.open(stream, frame, false, why);
    }

    private void event(StreamState stream, StreamEventKind kind, StreamFrame frame, String detail) {
        sink.event(stream.session.name(), kind, frame.sequence, 1, frame.captureTimeMicros, detail);
    }
}
