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
import io.clearline.inference.HopEnergies;
import io.clearline.inference.SdrMeter;
import io.clearline.inference.SignalState;
import io.clearline.inference.Strength;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.FramePayload;
import io.clearline.schemas.frame.StreamFrame;

/**
 * The way of a frame through the job, without the job: order, gaps, signal path, batch, and frames out again. Live,
 * replay and offline use this one class, so they give the same samples.
 *
 * <p>Thread-confined. A stream's state may be in the batch until {@link #flush}; whoever stores states flushes first.
 */
public final class StreamProcessor {
    /** Samples that go through the signal path at a time; a frame is cut into such pieces. */
    private static final int CHUNK_SAMPLES = 1024;

    /** In one gap: two records must not make hundreds of thousands, as they would with frames of one sample. */
    private static final int MAX_CONCEALED_FRAMES = 5000;

    private final ModelSet models;
    private final StreamRules rules;
    private final StreamSink sink;
    private final Strength strength;
    private final StreamSink.FrameHead head = new StreamSink.FrameHead();

    private final float[] streamSamples = new float[CHUNK_SAMPLES];
    private final float[] silence = new float[CHUNK_SAMPLES];
    private float[] modelSamples = new float[CHUNK_SAMPLES];
    private float[] hopSamples = new float[CHUNK_SAMPLES];

    public StreamProcessor(ModelSet models, StreamRules rules, StreamSink sink) {
        this.models = models;
        this.rules = rules;
        this.sink = sink;
        this.strength = new Strength(rules.wet(), rules.maxAttenuationDb());
        models.setHopSink(this::hopDone);
    }

    /** Takes one frame of a stream. The frame may be reused after the call. */
    @HotPath
    public void accept(StreamState stream, StreamFrame frame) {
        restoreIfStored(stream);
        if (!stream.everOpened) {
            open(stream, frame, StreamEventKind.OPENED, "");
            deliver(stream, frame);
            return;
        }
        switch (stream.order.judge(frame)) {
            case DUPLICATE -> event(stream, StreamEventKind.DUPLICATE, frame, "taken before; dropped");
            case LATE -> event(stream, StreamEventKind.LATE, frame, "its place was filled; dropped");
            case RESTART -> startAnew(stream, frame, "sequence went back while capture time went on");
            case NEXT -> acceptNext(stream, frame);
            case AHEAD -> acceptAhead(stream, frame);
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

    /** Ends a stream: the frames it still holds and the tail of its signal go out, then its memory is freed. */
    public void close(StreamState stream, String reason) {
        restoreIfStored(stream);
        while (stream.open && stream.order.heldCount() > 0) {
            takeFirstHeld(stream);
        }
        if (stream.open) {
            end(stream, reason);
        }
    }

    @HotPath
    private void acceptNext(StreamState stream, StreamFrame frame) {
        if (stream.open) {
            deliver(stream, frame);
        } else {
            startAnew(stream, frame, "");
        }
        takeHeldThatFollow(stream);
    }

    private void acceptAhead(StreamState stream, StreamFrame frame) {
        if (!stream.open) {
            startAnew(stream, frame, "");
            return;
        }
        stream.order.hold(frame);
        // After the last frame nothing follows that could push the missing ones into their place.
        boolean lastWaits = frame.lastOfStream;
        while (stream.open
                && (stream.order.heldCount() > rules.reorderFrames() || lastWaits && stream.order.heldCount() > 0)) {
            takeFirstHeld(stream);
            takeHeldThatFollow(stream);
        }
    }

    @HotPath
    private void takeHeldThatFollow(StreamState stream) {
        while (stream.open
                && stream.order.heldCount() > 0
                && stream.order.firstHeld().sequence == stream.order.nextSequence()) {
            deliver(stream, stream.order.removeFirstHeld());
        }
    }

    /** Gives the missing frames up and takes the earliest that waits. */
    private void takeFirstHeld(StreamState stream) {
        StreamFrame frame = stream.order.removeFirstHeld();
        long missing = frame.sequence - stream.order.nextSequence();
        if (missing > maxGapFrames(stream)) {
            startAnew(stream, frame, missing + " frames are missing, more than a concealed gap may have");
        } else {
            if (missing > 0) {
                conceal(stream, (int) missing);
            }
            deliver(stream, frame);
        }
    }

    private long maxGapFrames(StreamState stream) {
        long frames = rules.maxGapMillis() * stream.sampleRateHz / (1000L * Math.max(1, stream.frameSamples));
        return Math.min(MAX_CONCEALED_FRAMES, frames);
    }

    /** Ends what the stream was, if it still is, and begins with {@code frame}. */
    private void startAnew(StreamState stream, StreamFrame frame, String why) {
        boolean wasOpen = stream.open;
        if (wasOpen) {
            drain(stream);
        }
        open(stream, frame, wasOpen ? StreamEventKind.RESET : StreamEventKind.OPENED, why);
        deliver(stream, frame);
    }

    private void open(StreamState stream, StreamFrame frame, StreamEventKind kind, String why) {
        EnhancementModel model = models.forFrame(frame.sampleRateHz, frame.captureTimeMicros);
        stream.open = true;
        stream.everOpened = true;
        stream.sampleRateHz = frame.sampleRateHz;
        stream.windowStartMicros = frame.captureTimeMicros;
        stream.windowHops = 0;
        stream.order.startAt(frame);
        stream.setPath(new SignalPath(model, frame.sampleRateHz, strength));
        event(stream, kind, frame, why);
    }

    /** Takes the frame that the stream waits for. */
    @HotPath
    private void deliver(StreamState stream, StreamFrame frame) {
        if (frame.sampleRateHz != stream.sampleRateHz) {
            changeRate(stream, frame);
        }
        followModel(stream, frame.captureTimeMicros);
        int samples = frame.samples();
        stream.order.took(frame);
        stream.encoding = frame.encoding;
        if (samples > 0) {
            stream.frameSamples = samples;
        }
        stream.nextCaptureTimeMicros = frame.captureTimeMicros + micros(samples, stream.sampleRateHz);
        stream.pending.add(frame.sequence, frame.captureTimeMicros, samples, frame.encoding, false, frame.lastOfStream);
        for (int from = 0; from < samples; from += CHUNK_SAMPLES) {
            int length = Math.min(CHUNK_SAMPLES, samples - from);
            FramePayload.decode(frame.encoding, frame.payload, from, streamSamples, 0, length);
            stream.path().concealer().received(streamSamples, 0, length);
            push(stream, streamSamples, length);
        }
        emitFinished(stream);
        if (frame.lastOfStream) {
            end(stream, "last frame");
        }
    }

    private void changeRate(StreamState stream, StreamFrame frame) {
        drain(stream);
        String why = "sample rate changed from " + stream.sampleRateHz + " to " + frame.sampleRateHz + " Hz";
        open(stream, frame, StreamEventKind.RESET, why);
    }

    private void conceal(StreamState stream, int frames) {
        sink.event(
                stream.streamId(),
                StreamEventKind.GAP,
                stream.order.nextSequence(),
                frames,
                stream.nextCaptureTimeMicros,
                "concealed");
        for (int i = 0; i < frames; i++) {
            stream.pending.add(
                    stream.order.nextSequence(),
                    stream.nextCaptureTimeMicros,
                    stream.frameSamples,
                    stream.encoding,
                    true,
                    false);
            stream.order.concealed();
            stream.nextCaptureTimeMicros += micros(stream.frameSamples, stream.sampleRateHz);
            for (int from = 0; from < stream.frameSamples; from += CHUNK_SAMPLES) {
                int length = Math.min(CHUNK_SAMPLES, stream.frameSamples - from);
                stream.path().concealer().conceal(streamSamples, 0, length);
                push(stream, streamSamples, length);
            }
        }
    }

    private void end(StreamState stream, String reason) {
        drain(stream);
        while (stream.order.heldCount() > 0) {
            event(
                    stream,
                    StreamEventKind.LATE,
                    stream.order.removeFirstHeld(),
                    "came after the stream's last frame; dropped");
        }
        sink.event(
                stream.streamId(),
                StreamEventKind.CLOSED,
                stream.order.nextSequence() - 1,
                0,
                stream.nextCaptureTimeMicros,
                reason);
        stream.open = false;
        stream.setPath(null);
    }

    /** Pushes silence until every frame that went in is out. */
    private void drain(StreamState stream) {
        int left = stream.path().drainSamples();
        while (left > 0) {
            int length = Math.min(CHUNK_SAMPLES, left);
            push(stream, silence, length);
            left -= length;
        }
        flush();
        emitFinished(stream);
        if (!stream.pending.isEmpty()) {
            throw new IllegalStateException("Stream '" + stream.streamId() + "' kept " + stream.pending.size()
                    + " frames after its signal path was drained; this is a defect of the signal path.");
        }
        estimate(stream);
    }

    @HotPath
    private void push(StreamState stream, float[] samples, int length) {
        SignalPath path = stream.path();
        makeRoom(path, length);
        int converted = path.convert(samples, 0, length, modelSamples);
        SignalState signal = path.signal();
        int offset = 0;
        while (offset < converted) {
            offset += signal.push(modelSamples, offset, converted - offset);
            if (signal.hopReady()) {
                if (stream.bypassed) {
                    stream.pending.markBypassed(path.windowStart(stream.waitingHops), path.windowStreamSamples());
                }
                stream.waitingHops++;
                models.add(path.model(), signal, stream);
            }
        }
    }

    /** The batch finished one hop of a stream. */
    @HotPath
    private void hopDone(Object owner, SignalState signal, float[] samples, int offset, int length) {
        StreamState stream = (StreamState) owner;
        SignalPath path = stream.path();
        stream.waitingHops--;
        path.finish(samples, offset, length, hopSamples);
        emitFinished(stream);
        stream.windowHops++;
        if (stream.windowHops == windowHops(path.model())) {
            estimate(stream);
        }
    }

    /** Hands out the frames whose samples are all there. */
    @HotPath
    private void emitFinished(StreamState stream) {
        SampleFifo finished = stream.path().finished();
        PendingFrames pending = stream.pending;
        while (!pending.isEmpty() && pending.headSamples() <= finished.size()) {
            head.streamId = stream.streamId();
            head.key = stream.key();
            head.sequence = pending.headSequence();
            head.captureTimeMicros = pending.headCaptureTimeMicros();
            head.sampleRateHz = stream.sampleRateHz;
            head.encoding = pending.headEncoding();
            head.samples = pending.headSamples();
            head.lastOfStream = pending.headLastOfStream();
            head.concealed = pending.headConcealed();
            head.bypassed = pending.headBypassed();
            head.model = stream.path().model().id();
            sink.frame(head, finished.array(), finished.head());
            finished.remove(head.samples);
            pending.removeHead();
        }
    }

    @HotPath
    private int windowHops(EnhancementModel model) {
        return Math.max(1, (int) (rules.sdrIntervalMillis()
                * model.sampleRateHz()
                / (1000L * model.stft().hopSamples())));
    }

    /** Tells what is known of the window that ends here and begins the next. */
    private void estimate(StreamState stream) {
        if (stream.windowHops == 0) {
            return;
        }
        EnhancementModel model = stream.path().model();
        long lengthMicros = 1_000_000L * stream.windowHops * model.stft().hopSamples() / model.sampleRateHz();
        HopEnergies energies = stream.path().signal().energies();
        // A window that passed dry throughout tells nothing.
        if (energies.hops() > 0) {
            SdrMeter.Estimate estimate = new SdrMeter(model.calibration()).estimate(energies);
            sink.estimate(stream.streamId(), stream.windowStartMicros, lengthMicros, estimate);
        }
        energies.clear();
        stream.windowStartMicros += lengthMicros;
        stream.windowHops = 0;
    }

    private void makeRoom(SignalPath path, int length) {
        int model = path.maxModelSamples(length);
        if (modelSamples.length < model) {
            modelSamples = new float[model];
        }
        int hop = path.maxStreamSamplesPerHop();
        if (hopSamples.length < hop) {
            hopSamples = new float[hop];
        }
    }

    /** Turns a stream's stored signal into a live one, under the model that stored it. */
    public void restoreIfStored(StreamState stream) {
        if (stream.isPathStored()) {
            stream.restorePath(models.stored(stream.sampleRateHz, stream.storedModel()));
        }
    }

    /**
     * A stream whose model has to go goes on with the one that is in use now. Tells whether the stream is another now.
     */
    public boolean leaveRetiredModel(StreamState stream) {
        if (!stream.open || models.isInUse(stream.model())) {
            return false;
        }
        restoreIfStored(stream);
        followModel(stream, stream.nextCaptureTimeMicros);
        return true;
    }

    /** Goes on with the model of what was captured then. */
    @HotPath
    private void followModel(StreamState stream, long captureTimeMicros) {
        EnhancementModel model = models.forFrame(stream.sampleRateHz, captureTimeMicros);
        if (stream.path().model() != model) {
            changeModel(stream, model, captureTimeMicros);
        }
    }

    private void changeModel(StreamState stream, EnhancementModel model, long captureTimeMicros) {
        if (stream.waitingHops > 0) {
            flush();
        }
        sink.event(
                stream.streamId(),
                StreamEventKind.MODEL_CHANGED,
                stream.order.nextSequence(),
                0,
                captureTimeMicros,
                "from " + stream.path().model().id() + " to " + model.id());
        stream.path().changeModel(model);
    }

    private void event(StreamState stream, StreamEventKind kind, StreamFrame frame, String detail) {
        sink.event(stream.streamId(), kind, frame.sequence, 1, frame.captureTimeMicros, detail);
    }

    @HotPath
    private static long micros(int samples, int sampleRateHz) {
        return 1_000_000L * samples / sampleRateHz;
    }
}
