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
 * Pushes samples into the signal paths of streams and their hops into the batch, and takes the finished hops back.
 * Samples come from frames or their concealment, or are silence that drains a path.
 *
 * <p>Thread-confined; allocates nothing after the first frames.
 */
final class SignalFeeder {
    /** Samples that pass the signal path at a time; longer frames are cut into chunks. */
    private static final int CHUNK_SAMPLES = 1024;

    private final ModelSet models;
    private final FrameEmitter emitter;
    private final SdrReporter reporter;

    /** A decoded chunk, {@code [samples x channels]}. */
    private final float[] interleaved = new float[CHUNK_SAMPLES * FrameLimits.MAX_CHANNELS];
    /** A chunk of one channel at the stream's rate. */
    private final float[] streamSamples = new float[CHUNK_SAMPLES];

    private final float[] silence = new float[CHUNK_SAMPLES];
    /** The same chunk at the model's rate. */
    private float[] modelSamples = new float[CHUNK_SAMPLES];
    /** Scratch space for a finished hop at the stream's rate. */
    private float[] hopSamples = new float[CHUNK_SAMPLES];

    /** Creates a feeder and registers it as the receiver of finished hops. */
    SignalFeeder(ModelSet models, FrameEmitter emitter, SdrReporter reporter) {
        this.models = models;
        this.emitter = emitter;
        this.reporter = reporter;
        models.setHopSink(this::hopDone);
    }

    /** Pushes the samples of a frame that was added to the pending frames. */
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

    /** Copies one channel from the interleaved chunk. */
    @HotPath
    private void pick(int channel, int channels, int length) {
        for (int i = 0, at = channel; i < length; i++, at += channels) {
            streamSamples[i] = interleaved[at];
        }
    }

    /**
     * Fills the place of the next frame with a continuation of the signal before it, and counts the frame as concealed.
     */
    void conceal(StreamState stream) {
        int samples = stream.time.frameSamples();
        AudioEncoding encoding = stream.time.encoding();
        stream.pending.add(
                stream.order.nextSequence(), stream.time.nextCaptureTimeMicros(), samples, encoding, true, false);
        stream.order.onConcealed();
        stream.time.onConcealed();
        for (int from = 0; from < samples; from += CHUNK_SAMPLES) {
            int length = Math.min(CHUNK_SAMPLES, samples - from);
            for (StreamChannel channel : stream.channels()) {
                channel.path().concealer().conceal(streamSamples, 0, length);
                push(channel, streamSamples, length);
            }
        }
    }

    /**
     * Emits all pending frames by pushing silence after them. The signal can't continue afterwards, unless the silence
     * is removed as in {@link #pause}.
     *
     * @throws IllegalStateException if a frame remains, which is a bug
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
            throw new IllegalStateException("Expected no pending frame of stream '" + stream.streamId()
                    + "' after draining it, found " + stream.pending.size() + "; this is a bug in the signal path.");
        }
    }

    /**
     * Emits all pending frames like {@link #drain}, and lets the signal continue. The model has seen a short silence,
     * whose samples are removed from the output.
     */
    void pause(StreamState stream) {
        int silentSamples = stream.drainSamples();
        drain(stream);
        for (StreamChannel channel : stream.channels()) {
            channel.path().removeSilence(silentSamples);
        }
    }

    /**
     * Emits the pending frames of streams for which no further frame arrives in time. Silence is pushed into copies of
     * the streams, which share the batch. The streams themselves continue as if nothing had happened: all later frames
     * have the same samples.
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

    /** Converts samples to the model's rate and adds each hop that they complete to the batch. */
    @HotPath
    private void push(StreamChannel channel, float[] samples, int length) {
        StreamState stream = channel.stream;
        SignalPath path = channel.path();
        ensureCapacity(path, length);
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

    /** Takes a finished hop of a channel back from the batch. */
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

    private void ensureCapacity(SignalPath path, int length) {
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
