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
 * A model that is ready to run in a subtask: verified, with weights packed for the kernel, and warmed up. Created on
 * any thread, then confined to the thread of the subtask.
 */
public final class PreparedModel {
    private static final Logger LOGGER = LoggerFactory.getLogger(PreparedModel.class);

    private final ModelPin pin;
    private final HopBatch batch;
    private final ModelFiles bytes;

    private PreparedModel(ModelPin pin, HopBatch batch, ModelFiles bytes) {
        this.pin = pin;
        this.batch = batch;
        this.bytes = bytes;
    }

    /** How the code of a model is compiled before its first hop. */
    public enum WarmUp {
        /** Not at all. The first hops are slow. */
        NONE,
        /** With a whole core, while no streams run. */
        ALONE,
        /** With pauses that leave the cores to running streams. Takes several times as long. */
        BESIDE_STREAMS
    }

    /**
     * Packs the weights of a model and warms it up. Takes about half a second, or longer on a busy machine, up to a
     * limit.
     *
     * @param bytes files of the model
     * @param kernel computes the model
     * @param batchWidth number of hops that share a kernel call
     * @param stored whether an {@link ArtifactStore} holds the files, so that they need not be kept in memory
     * @param warmUp how the model is warmed up
     * @param maxNanos limit of the warm-up, see {@link HopBatch#warmUp(long)}
     * @throws IOException if the files are not an artifact that can run
     */
    public static PreparedModel of(
            ModelFiles bytes, Kernel kernel, int batchWidth, boolean stored, WarmUp warmUp, long maxNanos)
            throws IOException {
        HopBatch batch = new HopBatch(bytes.unpack(), kernel, batchWidth);
        if (!isWarm(batch, warmUp, maxNanos)) {
            LOGGER.warn(
                    "The warm-up of model {} did not complete, because the processor is busy or the task was"
                            + " cancelled. The first frames of the model may be late.",
                    batch.model().id());
        }
        return new PreparedModel(bytes.pin(), batch, stored ? null : bytes);
    }

    private static boolean isWarm(HopBatch batch, WarmUp warmUp, long maxNanos) {
        return switch (warmUp) {
            case NONE -> true;
            case ALONE -> batch.warmUp(maxNanos);
            case BESIDE_STREAMS -> batch.warmUpBesideStreams(maxNanos);
        };
    }

    /** Returns a model without files, which can't be checkpointed, and without warm-up. */
    public static PreparedModel of(EnhancementModel model, Kernel kernel, int batchWidth) {
        ModelPin pin = new ModelPin(model.id().name(), model.id().version(), model.sampleRateHz(), "", "");
        return new PreparedModel(pin, new HopBatch(model, kernel, batchWidth), null);
    }

    /** Returns the pin of the model. */
    public ModelPin pin() {
        return pin;
    }

    /** Returns the batch of the streams that use the model. */
    public HopBatch batch() {
        return batch;
    }

    /** Returns the model that streams use. */
    public EnhancementModel model() {
        return batch.model();
    }

    /** Returns the files that every checkpoint must contain; null if a store holds them. */
    public ModelFiles bytes() {
        return bytes;
    }
}
