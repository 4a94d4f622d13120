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
 * The way of a frame through the job, without the job: puts the frames of each stream in order and hands them on, to
 * the {@link StreamLifecycle}, the {@link SignalFeeder} and the batch. Live, replay and offline use this one class, so
 * they give the same samples.
 *
 * <p>Thread-confined. A stream's state may be in the batch until {@link #flush}; whoever stores states flushes first.
 */
public final class StreamProcessor {
    private final ModelSet models;
    private final StreamRules rules;
    private final StreamSink sink;
    private final SignalFeeder feeder;
    private final ModelFollower follower;
    private final StreamLifecycle lifecycle;

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
     * Takes one frame of a stream. The frame may be reused after the call. Where the rules bound in time how long a
     * frame waits for a missing one, {@link StreamState#lastSeenMillis()} is the time of this frame.
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
            case DUPLICATE -> event(stream, StreamEventKind.DUPLICATE, frame, "taken before; dropped");
            case LATE -> event(stream, StreamEventKind.LATE, frame, "its place was filled; dropped");
            case RESTART -> restart(stream, frame, "sequence went back while capture time went on");
            case STRANGE -> acceptStrange(stream, frame);
        }
    }

    /**
     * Runs the batch as far as it is filled: every hop that waited is finished, and the frames it completes are out.
     */
    public void flush() {
        models.run();
    }

    /** Hops that wait in the batch. */
    public int pendingHops() {
        return models.pendingHops();
    }

    /**
     * Gives out what streams still hold, because nothing has come for so long: gives missing frames up, and brings out
     * the frames in the signal path. The streams stay open, and go on as if it had not been done. Takes the longer the
     * more streams there are, and memory for a copy of each.
     */
    public void release(List<StreamState> streams) {
        for (StreamState stream : streams) {
            follower.restoreIfStored(stream);
            takeAllWaiting(stream);
        }
        feeder.emitTails(streams);
    }

    /** Ends a stream: the frames it still holds and the tail of its signal go out, then its memory is freed. */
    public void close(StreamState stream, String reason) {
        follower.restoreIfStored(stream);
        takeAllWaiting(stream);
        // They are the last that was heard of the sender, and nothing spoke against them.
        takeStrangers(stream);
        if (stream.isOpen()) {
            lifecycle.end(stream, reason, false);
        }
    }

    /** Turns a stream's stored signal into a live one, under the model that stored it. */
    public void restoreIfStored(StreamState stream) {
        follower.restoreIfStored(stream);
    }

    /** Whether a stream is under a model that streams can't go on under. */
    public boolean isUnderRetiredModel(StreamState stream) {
        return follower.isUnderRetiredModel(stream);
    }

    /** Makes a stream whose model has to go go on with the one that is in use now. */
    public void leaveRetiredModel(StreamState stream) {
        follower.leaveRetiredModel(stream);
    }

    private void acceptOtherSession(StreamState stream, StreamFrame frame) {
        if (stream.session.isClosed(frame)) {
            sink.event(
                    new StreamSession(stream.streamId(), frame.session),
                    StreamEventKind.LATE,
                    frame.sequence,
                    1,
                    frame.captureTimeMicros,
                    "its session is over; dropped");
            return;
        }
        takeAllWaiting(stream);
        dropStrangers(stream);
        if (stream.isOpen()) {
            lifecycle.end(stream, "session " + frame.session + " began", true);
        } else {
            stream.session.close(true);
        }
        startSession(stream, frame, "");
    }

    private void startSession(StreamState stream, StreamFrame frame, String why) {
        lifecycle.open(stream, frame, true, why);
        deliver(stream, frame);
    }

    /** The sender began again: what it sent before goes out first. */
    private void restart(StreamState stream, StreamFrame frame, String why) {
        takeAllWaiting(stream);
        dropStrangers(stream);
        startSession(stream, frame, stream.isOpen() ? why : "");
    }

    @HotPath
    private void acceptNext(StreamState stream, StreamFrame frame) {
        if (stream.order.strangers().count() > 0) {
            dropStrangers(stream);
        }
        if (!stream.isOpen()) {
            lifecycle.open(stream, frame, stream.session.isEnded(), "");
        }
        deliver(stream, frame);
        takeWaitingThatFollow(stream);
    }

    private void acceptAhead(StreamState stream, StreamFrame frame) {
        dropStrangers(stream);
        if (!stream.isOpen()) {
            lifecycle.open(stream, frame, stream.session.isEnded(), "");
            deliver(stream, frame);
            return;
        }
        WaitingFrames waiting = stream.order.waiting();
        stream.order.hold(frame, stream.lastSeenMillis());
        // After the last frame nothing follows that could push the missing ones into their place.
        boolean enough = frame.lastOfStream
                || stream.order.waitedMillis(stream.lastSeenMillis()) >= rules.reorderTimeoutMillis();
        while (stream.isOpen() && (waiting.count() > rules.reorderFrames() || enough && waiting.count() > 0)) {
            takeFirstWaiting(stream);
            takeWaitingThatFollow(stream);
        }
    }

    /** Keeps a frame that has no place in the session, until some in sequence show that the sender began again. */
    private void acceptStrange(StreamState stream, StreamFrame frame) {
        WaitingFrames strangers = stream.order.strangers();
        if (strangers.count() > 0 && frame.sequence != strangers.last().sequence + 1) {
            dropStrangers(stream);
        }
        strangers.add(frame);
        if (strangers.count() == StreamOrder.RESTART_FRAMES || frame.lastOfStream) {
            takeAllWaiting(stream);
            takeStrangers(stream);
        }
    }

    private void takeStrangers(StreamState stream) {
        WaitingFrames strangers = stream.order.strangers();
        if (strangers.count() == 0) {
            return;
        }
        String why = strangers.count() + " frames in sequence that belong to no place of the session before";
        startSession(stream, strangers.removeFirst(), stream.isOpen() ? why : "");
        while (stream.isOpen() && strangers.count() > 0) {
            deliver(stream, strangers.removeFirst());
        }
    }

    private void dropStrangers(StreamState stream) {
        while (stream.order.strangers().count() > 0) {
            event(
                    stream,
                    StreamEventKind.LATE,
                    stream.order.strangers().removeFirst(),
                    "belongs to no place of the session, which went on; dropped");
        }
    }

    private void takeAllWaiting(StreamState stream) {
        while (stream.isOpen() && stream.order.waiting().count() > 0) {
            takeFirstWaiting(stream);
        }
    }

    @HotPath
    private void takeWaitingThatFollow(StreamState stream) {
        WaitingFrames waiting = stream.order.waiting();
        while (stream.isOpen() && waiting.count() > 0 && waiting.first().sequence == stream.order.nextSequence()) {
            deliver(stream, waiting.removeFirst());
        }
    }

    /** Gives the missing frames up and takes the earliest that waits. */
    private void takeFirstWaiting(StreamState stream) {
        StreamFrame frame = stream.order.waiting().removeFirst();
        long missing = frame.sequence - stream.order.nextSequence();
        if (missing > stream.time.maxGapFrames(rules)) {
            lifecycle.open(stream, frame, false, missing + " frames are missing, more than a concealed gap may have");
        } else if (missing > 0) {
            conceal(stream, missing, frame);
        }
        deliver(stream, frame);
    }

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
                        : concealed + " of them concealed; by capture time no more is missing");
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
        stream.order.took(frame);
        stream.time.took(frame, samples);
        stream.pending.add(frame.sequence, frame.captureTimeMicros, samples, frame.encoding, false, frame.lastOfStream);
        feeder.feed(stream, frame);
        if (frame.lastOfStream) {
            lifecycle.end(stream, "last frame", true);
        }
    }

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
