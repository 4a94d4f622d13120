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
package io.clearline.training.deepnmf;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.MatrixProducts;
import io.clearline.inference.network.DeepNmfParameters;
import io.clearline.inference.network.Dictionary;
import io.clearline.training.Parts;
import io.clearline.training.Progress;
import io.clearline.training.frames.FrameBatch;
import io.clearline.training.frames.FrameSet;
import io.clearline.training.frames.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * The activations of every hop of a frame set after the first slots of a network. These slots are not trained, so that
 * their activations are computed only once. Immutable and thread-safe.
 */
public final class TiedActivations {
    /** Number of segments that one part computes: enough columns for efficient products. */
    private static final int SEGMENTS_AT_ONCE = 4;

    private final DeepNmfParameters network;
    private final int iterations;
    private final FrameSet frames;
    private final int atoms;
    /** Activations by segment: {@code [atoms x hops]}. */
    private final float[][] activations;

    private TiedActivations(DeepNmfParameters network, int iterations, FrameSet frames) {
        this.network = network;
        this.iterations = iterations;
        this.frames = frames;
        atoms = network.atoms();
        activations = new float[frames.segments()][atoms * frames.hopsPerSegment()];
    }

    /** Returns the activations before the first slot: the initial activations H^0 of the network for every hop. */
    public static TiedActivations initial(DeepNmfParameters network, FrameSet frames) {
        TiedActivations start = new TiedActivations(network, 0, frames);
        int hops = frames.hopsPerSegment();
        for (float[] segment : start.activations) {
            for (int atom = 0; atom < start.atoms; atom++) {
                Arrays.fill(segment, atom * hops, (atom + 1) * hops, network.initialActivations()[atom]);
            }
        }
        return start;
    }

    /**
     * Returns the activations after more of the slots.
     *
     * @param laterIterations total number of slots
     * @throws IllegalArgumentException if this instance has passed more slots already
     */
    public TiedActivations after(int laterIterations, Kernel kernel, Progress progress) {
        if (laterIterations < iterations) {
            throw new IllegalArgumentException("Tied activations: expected at least " + iterations
                    + " iterations, which have been done, found " + laterIterations + ".");
        }
        if (laterIterations == iterations) {
            return this;
        }
        TiedActivations result = new TiedActivations(network, laterIterations, frames);
        List<Dictionary> slots = network.slots().subList(iterations, laterIterations);
        int groups = (frames.segments() + SEGMENTS_AT_ONCE - 1) / SEGMENTS_AT_ONCE;
        Parts<Pass> parts = new Parts<>(() -> new Pass(slots, kernel.products()));
        progress.begin("Tied layers", groups);
        parts.run(groups, (pass, group) -> {
            int[] segments =
                    range(group * SEGMENTS_AT_ONCE, Math.min((group + 1) * SEGMENTS_AT_ONCE, frames.segments()));
            result.keep(pass.run(segments), segments);
            synchronized (progress) {
                progress.step("");
            }
        });
        progress.end();
        return result;
    }

    /** Passes segments through slots. Thread-confined. */
    private final class Pass {
        private final List<Dictionary> slots;
        private final MatrixProducts products;
        private final FrameBatch batch = frames.newBatch(SEGMENTS_AT_ONCE);
        private float[] h = new float[atoms * batch.mostColumns()];
        private float[] next = new float[atoms * batch.mostColumns()];
        private Dictionary loaded;
        private KlLayer layer;

        Pass(List<Dictionary> slots, MatrixProducts products) {
            this.slots = slots;
            this.products = products;
        }

        /** Returns the activations of the segments, {@code [atoms x columns]}; valid until the next call. */
        float[] run(int[] segments) {
            frames.fill(batch, segments, Objective.MAGNITUDE);
            fill(h, segments);
            for (Dictionary slot : slots) {
                if (slot != loaded) {
                    layer = layer(slot, products, batch.mostColumns());
                    loaded = slot;
                }
                layer.forward(batch.input(), batch.inputRows(), h, next, batch.columns());
                float[] spare = h;
                h = next;
                next = spare;
            }
            return h;
        }
    }

    private KlLayer layer(Dictionary slot, MatrixProducts products, int maxColumns) {
        KlLayer layer = new KlLayer(products, slot.rows(), atoms, (float) network.sparsity(), maxColumns);
        layer.setWeights(slot.weights(), 0);
        return layer;
    }

    /** Copies the activations of segments into {@code h}, side by side: {@code [atoms x columns]}. */
    void fill(float[] h, int[] segments) {
        int hops = frames.hopsPerSegment();
        int columns = segments.length * hops;
        for (int i = 0; i < segments.length; i++) {
            for (int atom = 0; atom < atoms; atom++) {
                System.arraycopy(activations[segments[i]], atom * hops, h, atom * columns + i * hops, hops);
            }
        }
    }

    /** Stores activations that lie side by side; the inverse of {@link #fill}. */
    private void keep(float[] h, int[] segments) {
        int hops = frames.hopsPerSegment();
        int columns = segments.length * hops;
        for (int i = 0; i < segments.length; i++) {
            for (int atom = 0; atom < atoms; atom++) {
                System.arraycopy(h, atom * columns + i * hops, activations[segments[i]], atom * hops, hops);
            }
        }
    }

    /** Returns the frames that the activations belong to. */
    FrameSet frames() {
        return frames;
    }

    /** Returns the number of slots that have been passed. */
    int iterations() {
        return iterations;
    }

    /** Returns the numbers from {@code from}, inclusive, to {@code to}, exclusive. */
    static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = 0; i < range.length; i++) {
            range[i] = from + i;
        }
        return range;
    }
}
