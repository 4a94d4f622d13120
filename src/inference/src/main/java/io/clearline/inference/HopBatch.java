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
package io.clearline.inference;

import io.clearline.dsp.HotPath;
import io.clearline.dsp.Stft;
import io.clearline.dsp.StftState;
import io.clearline.inference.features.FeatureExtractor;
import io.clearline.inference.kernel.ForwardPass;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.EnhancementModel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Gathers hops of many streams and enhances them with one call of the kernel. Thread-confined; allocates nothing after
 * construction.
 *
 * <p>A hop's samples depend on its stream's past and on the model, never on the width, the fill, the column or the
 * company. Features depend on the input alone and are taken in order of {@link #add}; what the network remembers of a
 * stream and the overlap-add follow the same order in {@link #run}; so several hops of one stream may share a batch.
 */
public final class HopBatch {

    /** How long a warm-up may take while others wait for it. */
    public static final long MAX_WARM_UP_NANOS = 60_000_000_000L;

    /** The column of a hop that the kernel does not see. */
    private static final int BYPASSED = -1;

    private static final int MIN_WARM_UP_RUNS = 20;
    private static final int RESTS_BESIDE_STREAMS = 3;
    private static final long MAX_REST_NANOS = 20_000_000L;
    private static final long WARM_UP_WORK_NANOS = 400_000_000L;
    private static final long MAX_WARM_UP_WORK_NANOS = 10_000_000_000L;

    private final EnhancementModel model;
    private final int width;
    private final int hopSamples;
    private final int bins;
    private final Stft stft;
    private final FeatureExtractor features;
    private final ForwardPass network;

    /** {@code [width x inputRows]}. */
    private final float[] input;

    /** {@code [width x bins]}. */
    private final float[] masks;

    /** {@code [width x 2 x bins]}, real and imaginary parts: a hop's own place, whatever its column. */
    private final float[] spectra;

    private final SignalState[] states;
    private final Object[] owners;
    /** By column: what the network remembers of its stream. */
    private final float[][] memories;

    private final int[] columns;
    private final float[] spectrum;
    private final float[] samples;
    private int size;
    private int fill;
    private long kernelNanos;

    public HopBatch(EnhancementModel model, Kernel kernel, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("batch width: expected at least 1, found " + width);
        }
        this.model = model;
        this.width = width;
        hopSamples = model.stft().hopSamples();
        bins = model.stft().bins();
        stft = new Stft(model.stft());
        features = new FeatureExtractor(model.features(), bins);
        network = kernel.prepare(model.network(), width);
        input = new float[features.inputRows() * width];
        masks = new float[bins * width];
        spectra = new float[width * 2 * bins];
        states = new SignalState[width];
        owners = new Object[width];
        memories = new float[width][];
        columns = new int[width];
        spectrum = new float[2 * bins];
        samples = new float[hopSamples];
    }

    /** The model that every hop of this batch runs under. */
    public EnhancementModel model() {
        return model;
    }

    /** Most hops of one run. */
    public int width() {
        return width;
    }

    /** Hops waiting. */
    public int size() {
        return size;
    }

    /** Whether the batch must run before another hop is added. */
    public boolean isFull() {
        return size == width;
    }

    /** Whether a hop of this stream is among those that wait. */
    @HotPath
    public boolean waits(SignalState state) {
        for (int i = 0; i < size; i++) {
            if (states[i] == state) {
                return true;
            }
        }
        return false;
    }

    /** Takes the ready hop of a stream: analysis and features happen now, all else in {@link #run}. */
    @HotPath
    public void add(SignalState state, Object owner) {
        add(state, owner, false);
    }

    /**
     * As {@link #add(SignalState, Object)}. A bypassed hop comes out as it went in, with the same delay, and costs no
     * kernel time; the stream's features go on, so that enhancement can come back without a start-up. What the network
     * itself remembers waits.
     *
     * <p>A silent hop comes out as it went in too, and leaves no trace in features and memory: digital silence, as of a
     * muted microphone, says nothing of the noise around the next word.
     */
    @HotPath
    public void add(SignalState state, Object owner, boolean bypass) {
        requireFit(state);
        StftState memory = state.stft();
        boolean silent = isSilent(memory.window());
        int column = bypass || silent ? BYPASSED : fill++;
        if (column != BYPASSED) {
            memories[column] = state.memory();
        }
        int at = size * 2 * bins;
        stft.analyse(memory.window(), 0, spectra, at);
        memory.advance();
        if (!silent) {
            // The column after the last is free whenever the batch isn't full: a bypassed hop's features may land
            // there.
            features.push(state.features(), spectra, at, input, (bypass ? fill : column) * features.inputRows(), 1);
        }
        states[size] = state;
        owners[size] = owner;
        columns[size] = column;
        size++;
    }

    /** Whether the window holds one value alone: zero, or what a codec such as A-law makes of zero. */
    @HotPath
    private static boolean isSilent(float[] window) {
        float first = window[0];
        for (float sample : window) {
            if (sample != first) {
                return false;
            }
        }
        return true;
    }

    private void requireFit(SignalState state) {
        if (isFull()) {
            throw new IllegalStateException("the batch of " + width + " takes no further hop; run it first");
        }
        if (state.model() != model) {
            throw new IllegalArgumentException(
                    "the stream runs under model " + state.model().id() + ", the batch under " + model.id());
        }
        if (!state.hopReady()) {
            throw new IllegalStateException("the stream has no complete hop of " + hopSamples + " samples");
        }
    }

    /**
     * What the kernel took of the processor's time in the last {@link #run}, in nanoseconds: what bypassing every hop
     * would have spared.
     */
    @HotPath
    public long kernelNanos() {
        return kernelNanos;
    }

    /** Enhances all waiting hops and hands them to the sink in order of add; the batch is empty afterwards. */
    @HotPath
    public void run(HopSink sink) {
        kernelNanos = 0;
        if (fill > 0) {
            long start = WorkClock.nanos();
            network.run(input, memories, masks, fill);
            kernelNanos = WorkClock.nanos() - start;
        }
        for (int hop = 0; hop < size; hop++) {
            finish(hop, sink);
        }
        Arrays.fill(memories, 0, fill, null);
        size = 0;
        fill = 0;
    }

    @HotPath
    private void finish(int hop, HopSink sink) {
        SignalState state = states[hop];
        Object owner = owners[hop];
        states[hop] = null;
        owners[hop] = null;
        if (columns[hop] == BYPASSED) {
            System.arraycopy(spectra, hop * 2 * bins, spectrum, 0, 2 * bins);
        } else {
            applyMask(state, hop * 2 * bins, columns[hop]);
        }
        StftState memory = state.stft();
        stft.synthesiseInto(spectrum, 0, memory.overlap(), 0);
        memory.emit(samples, 0);
        sink.hopDone(owner, state, samples, 0, hopSamples);
    }

    @HotPath
    private void applyMask(SignalState state, int at, int column) {
        float wet = state.strength().wet();
        float minGain = state.minGain();
        double speech = 0;
        double rest = 0;
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            float mask = Strength.clampMask(masks[column * bins + bin]);
            float gain = Strength.gain(mask, wet, minGain);
            float re = spectra[at + bin];
            float im = spectra[at + bins + bin];
            spectrum[bin] = gain * re;
            spectrum[bins + bin] = gain * im;
            float energy = Math.fma(re, re, im * im);
            float other = 1 - mask;
            float excess = gain - mask;
            speech += mask * mask * energy;
            rest += other * other * energy;
            error += Math.fma(excess, excess, mask * other) * energy;
        }
        state.energies().add(speech, rest, error);
    }

    /** Drops all waiting hops, as when the job fails between add and run. */
    public void clear() {
        Arrays.fill(states, null);
        Arrays.fill(owners, null);
        Arrays.fill(memories, null);
        size = 0;
        fill = 0;
    }

    /**
     * Runs the kernel and the STFT until the JIT compiler has done its work, on made-up input. Takes half a second of
     * this thread's processor time, ten where the compiler gets little; how long that is depends on what else the
     * processor does. Call before the first hop is taken.
     *
     * @param maxNanos it ends after this time whatever it had of the processor, with the run that is on then, which may
     *     take seconds before it is compiled; an interrupt ends it likewise
     * @return whether it was enough; when not, the first hops may be slow
     */
    public boolean warmUp(long maxNanos) {
        return warmUp(maxNanos, 0, WorkClock::nanos, System::nanoTime);
    }

    /**
     * As {@link #warmUp(long)}, beside streams that run: rests after each run, so that it takes no more than a quarter
     * of a core from them.
     */
    public boolean warmUpBesideStreams(long maxNanos) {
        return warmUp(maxNanos, RESTS_BESIDE_STREAMS, WorkClock::nanos, System::nanoTime);
    }

    /**
     * As {@link #warmUp(long)}, by these clocks.
     *
     * @param rests how many times as long as a run took to rest after it
     * @param workClock this thread's processor time, in nanoseconds
     * @param clock the time that passes, in nanoseconds
     */
    boolean warmUp(long maxNanos, int rests, LongSupplier workClock, LongSupplier clock) {
        if (size > 0) {
            throw new IllegalStateException("warm up before the first hop is added; " + size + " hops wait");
        }
        Arrays.fill(input, 1);
        float[][] madeUp = new float[width][model.network().memoryLength()];
        float[] silence = new float[model.stft().windowSamples()];
        long workStart = workClock.getAsLong();
        long start = clock.getAsLong();
        int runs = 0;
        while (true) {
            long worked = workClock.getAsLong() - workStart;
            if (runs >= MIN_WARM_UP_RUNS && worked >= WARM_UP_WORK_NANOS) {
                return true;
            }
            boolean timeIsUp = worked >= MAX_WARM_UP_WORK_NANOS || clock.getAsLong() - start >= maxNanos;
            if (timeIsUp || Thread.currentThread().isInterrupted()) {
                return false;
            }
            long runStart = clock.getAsLong();
            int hops = 1 + runs % width;
            network.run(input, madeUp, masks, hops);
            transform(silence, hops);
            runs++;
            if (rests > 0) {
                LockSupport.parkNanos(Math.min(MAX_REST_NANOS, rests * (clock.getAsLong() - runStart)));
            }
        }
    }

    /** There and back, so many times. */
    private void transform(float[] silence, int times) {
        for (int i = 0; i < times; i++) {
            stft.analyse(silence, 0, spectrum, 0);
            stft.synthesiseInto(spectrum, 0, silence, 0);
        }
    }
}
