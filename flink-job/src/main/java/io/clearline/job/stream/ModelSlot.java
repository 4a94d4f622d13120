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
import io.clearline.inference.HopBatch;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The models of one sample rate in the order in which they were announced, each for frames captured from a moment on.
 * Live keeps a model and its successor: streams reach the moment one by one, and an idle one ends under the model it
 * began with. Replay keeps all. A model that was rolled back to stands there twice, with one batch. Thread-confined.
 */
final class ModelSlot {
    private final int mostModels;
    private final List<HopBatch> batches = new ArrayList<>();
    /** Of each batch; that of the first says nothing. */
    private long[] fromMicros = new long[2];
    /** Those that had to go; they stay at hand until no stream is under them. */
    private final List<HopBatch> retiring = new ArrayList<>();

    /** @param mostModels how many stay; of more the first goes */
    ModelSlot(HopBatch first, int mostModels) {
        this.mostModels = mostModels;
        batches.add(first);
    }

    /** One for each announcement. */
    List<HopBatch> batches() {
        return batches;
    }

    /** The batch of a model that is in use, or null. */
    HopBatch find(ModelId id) {
        return find(batches, id);
    }

    /** The batch of a model that is in use or retiring, or null. */
    HopBatch findStored(ModelId id) {
        HopBatch inUse = find(batches, id);
        return inUse == null ? find(retiring, id) : inUse;
    }

    private static HopBatch find(List<HopBatch> among, ModelId id) {
        return among.stream()
                .filter(batch -> batch.model().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Lets go of the models that had to make room; streams have left them. */
    void dropRetiring() {
        retiring.clear();
    }

    @HotPath
    int sampleRateHz() {
        return batches.get(0).model().sampleRateHz();
    }

    /** Makes a model the newest; where there are too many, the first goes. */
    void succeed(HopBatch successor, long moment) {
        if (batches.size() == mostModels) {
            retiring.add(batches.remove(0));
            System.arraycopy(fromMicros, 1, fromMicros, 0, batches.size());
        }
        if (fromMicros.length == batches.size()) {
            fromMicros = Arrays.copyOf(fromMicros, 2 * batches.size());
        }
        fromMicros[batches.size()] = moment;
        batches.add(successor);
    }

    /** The newest model, whether its moment has come or not. */
    EnhancementModel newest() {
        return batches.get(batches.size() - 1).model();
    }

    /** The model of what was captured then: the newest whose moment had come. */
    @HotPath
    EnhancementModel at(long captureTimeMicros) {
        for (int i = batches.size() - 1; i > 0; i--) {
            if (captureTimeMicros >= fromMicros[i]) {
                return batches.get(i).model();
            }
        }
        return batches.get(0).model();
    }
}
