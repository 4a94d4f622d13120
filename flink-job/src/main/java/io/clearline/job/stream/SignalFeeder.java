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
import io.clearline.inference.SignalState;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.StreamFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes samples into the signal paths of streams, hops into the batch, and takes the finished hops back. Samples are
 * those of frames, of their concealment, or silence that brings out what is in a path. Thread-confined; allocates
 * nothing after the first frames.
 */
final class SignalFeeder {
    /** Samples that go through the signal path at a time; a frame is cut into such pieces. */
    private static final int CHUNK_SAMPLES = 1024;

    private final ModelSet models;
    private final FrameEmitter emitter;
    private final SdrReporter reporter;

    private final float[] interleaved = new float[CHUNK_SAMPLES * FrameLimits.MAX_CHANNELS];
    private final float[] streamSamples = new float[CHUNK_SAMPLES];
    private final float[] silence = new float[CHUNK_SAMPLES];
    private float[] modelSamples = new float[CHUNK_SAMPLES];
    private float[] hopSamples = new float[CHUNK_SAMPLES];

    SignalFeeder(ModelSet models, FrameEmitter emitter, SdrReporter reporter) {
        this.models = models;
        this.emitter = emitter;
        this.reporter = reporter;
        models.setHopSink(this::hopDone);
    }

    /** Pushes the samples of a frame that is among the pending ones. */
    @HotPath
    void feed(StreamState stream, StreamFrame frame) {
        int samples = frame.samples();
        for (int from = 0; from < samples; from += CHUNK_SAMPLES) {
            int length = Math.min(CHUNK_SAMPLES, samples - from);
            frame.decode(from, interleaved, length);
            for (StreamChannel channel : stream.channels()) {
                pick(channel.index, frame.channels, length);
                channel.path().concealer().received(streamSamples, 0, length);
                push(channel, streamSamples, length);
            }
        }
        emitter.emitFinished(stream);
    }

    /** Takes one channel out of the interleaved samples. */
    @HotPath
    private void pick(int channel, int channels, int length) {
        for (int i = 0, at = channel; i < length; i++, at += channels) {
            streamSamples[i] = interleaved[at];
        }
    }

    /** Fills the place of the next frame with what the stream may have sounded like. */
    void conceal(StreamState stream) {
        int samples = stream.time.frameSamples();
        AudioEncoding encoding = stream.time.encoding();
        stream.pending.add(
                stream.order.nextSequence(), stream.time.nextCaptureTimeMicros(), samples, encoding, true, false);
        stream.order.concealed();
        stream.time.concealed();
        for (int from = 0; from < samples; from += CHUNK_SAMPLES) {
            int length = Math.min(CHUNK_SAMPLES, samples - from);
            for (StreamChannel channel : stream.channels()) {
                channel.path().concealer().conceal(streamSamples, 0, length);
                push(channel, streamSamples, length);
            }
        }
    }

    /**
     * Brings out every frame that went in, by silence after it. The signal can't go on afterwards, unless the silence
     * is removed ({@link #pause}).
     */
    void drain(StreamState stream) {
        pushSilence(stream);
        models.run();
        requireDrained(stream);
    }

    private void pushSilence(StreamState stream) {
        int left = stream.drainSamples();
        while (left > 0) {
            int length = Math.min(CHUNK_SAMPLES, left);
            for (StreamChannel channel : stream.channels()) {
                push(channel, silence, length);
            }
            left -= length;
        }
    }

    private void requireDrained(StreamState stream) {
        emitter.emitFinished(stream);
        if (!stream.pending.isEmpty()) {
            throw new IllegalStateException("Stream '" + stream.streamId() + "' kept " + stream.pending.size()
                    + " frames after its signal path was drained; this is a defect of the signal path.");
        }
    }

    /**
     * As {@link #drain}, where the signal goes on: for the model the stream was silent for a moment, and no frame gets
     * a sample of that.
     */
    void pause(StreamState stream) {
        int silentSamples = stream.drainSamples();
        drain(stream);
        for (StreamChannel channel : stream.channels()) {
            channel.path().removeSilence(silentSamples);
        }
    }

    /**
     * Brings out the frames that went into these streams while nothing follows them. It is done by copies of the
     * streams, which share the batch, so each stream itself goes on as if nothing had been done: whatever comes next,
     * the frames after have the same samples.
     */
    void emitTails(List<StreamState> streams) {
        models.run();
        List<StreamState> copies = new ArrayList<>();
        for (StreamState stream : streams) {
            if (stream.isOpen() && stream.pending.hasFramesToEmit()) {
                StreamState copy = stream.copyForTail();
                stream.pending.markEmitted();
                pushSilence(copy);
                copies.add(copy);
            }
        }
        models.run();
        copies.forEach(this::requireDrained);
    }

    @HotPath
    private void push(StreamChannel channel, float[] samples, int length) {
        StreamState stream = channel.stream;
        SignalPath path = channel.path();
        makeRoom(path, length);
        int converted = path.convert(samples, 0, length, modelSamples);
        SignalState signal = path.signal();
        int offset = 0;
        while (offset < converted) {
            offset += signal.push(modelSamples, offset, converted - offset);
            if (signal.hopReady()) {
                if (stream.isBypassed()) {
                    stream.pending.markBypassed(path.windowStart(channel.waitingHops), path.windowStreamSamples());
                }
                channel.waitingHops++;
                models.add(path.model(), signal, channel);
            }
        }
    }

    /** The batch finished one hop of a channel. */
    @HotPath
    private void hopDone(Object owner, SignalState signal, float[] samples, int offset, int length) {
        StreamChannel channel = (StreamChannel) owner;
        channel.waitingHops--;
        channel.path().finish(samples, offset, length, hopSamples);
        emitter.emitFinished(channel.stream);
        if (!channel.stream.isTail()) {
            reporter.hopDone(channel);
        }
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
}
