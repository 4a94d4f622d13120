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
package io.clearline.job.model;

import io.clearline.inference.HopBatch;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.model.EnhancementModel;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that a subtask can run: verified, its weights packed for the kernel, and warmed up. Made on any thread, then
 * used by the subtask's alone.
 */
public final class PreparedModel {
    private static final Logger LOGGER = LoggerFactory.getLogger(PreparedModel.class);

    private final ModelPin pin;
    private final HopBatch batch;
    private final ShippedModel bytes;

    private PreparedModel(ModelPin pin, HopBatch batch, ShippedModel bytes) {
        this.pin = pin;
        this.batch = batch;
        this.bytes = bytes;
    }

    /** How the JIT compiler is brought to do its work before the first hop. */
    public enum WarmUp {
        /** Not at all: where nobody minds that the first hops are slow. */
        NONE,
        /** With a whole core. */
        ALONE,
        /** Resting in between, so that streams have the cores; takes some times as long. */
        BESIDE_STREAMS
    }

    /**
     * Packs a model's weights and lets the JIT compiler do its work; takes half a second, on a machine that is busy
     * otherwise as long as other programs keep the processor, up to a limit.
     *
     * @param batchWidth hops that share a kernel call
     * @param bytes what the model is made of
     * @param kept whether the bytes lie in a store, so that they need not be kept in memory
     * @param maxNanos how long the compiler may be waited for, see {@link HopBatch#warmUp(long)}
     * @throws IOException when the bytes are not an artifact that can run
     */
    public static PreparedModel of(
            ShippedModel bytes, Kernel kernel, int batchWidth, boolean kept, WarmUp warmUp, long maxNanos)
            throws IOException {
        HopBatch batch = new HopBatch(bytes.unpack(), kernel, batchWidth);
        if (!isWarm(batch, warmUp, maxNanos)) {
            LOGGER.warn(
                    "Model {} is not warmed up: other programs have the processor, or its task was cancelled. "
                            + "Its first frames may be late.",
                    batch.model().id());
        }
        return new PreparedModel(bytes.pin(), batch, kept ? null : bytes);
    }

    private static boolean isWarm(HopBatch batch, WarmUp warmUp, long maxNanos) {
        return switch (warmUp) {
            case NONE -> true;
            case ALONE -> batch.warmUp(maxNanos);
            case BESIDE_STREAMS -> batch.warmUpBesideStreams(maxNanos);
        };
    }

    /** A model that has no files, for whoever keeps no state; not warmed up. */
    public static PreparedModel of(EnhancementModel model, Kernel kernel, int batchWidth) {
        ModelPin pin = new ModelPin(model.id().name(), model.id().version(), model.sampleRateHz(), "", "");
        return new PreparedModel(pin, new HopBatch(model, kernel, batchWidth), null);
    }

    /** What names the model. */
    public ModelPin pin() {
        return pin;
    }

    /** The batch of the streams that run under the model. */
    public HopBatch batch() {
        return batch;
    }

    /** What streams run under. */
    public EnhancementModel model() {
        return batch.model();
    }

    /** The bytes that every checkpoint has to hold; null where they lie in a store. */
    public ShippedModel bytes() {
        return bytes;
    }
}
