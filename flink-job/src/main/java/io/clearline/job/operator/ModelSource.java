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
package io.clearline.job.operator;

import io.clearline.job.model.ArtifactStore;
import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ShippedModel;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the bytes of a model by its name, and sees to it that the store has them. Thread-safe; reads from disk. */
final class ModelSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelSource.class);

    private final ArtifactStore store;
    private final boolean writer;
    private final List<ShippedModel> planned;

    /**
     * Looks in these places.
     *
     * @param store beside the checkpoints; null where there is none
     * @param writer whether this subtask writes checkpoints and the store for all
     * @param planned the models that came with the job
     */
    ModelSource(ArtifactStore store, boolean writer, List<ShippedModel> planned) {
        this.store = store;
        this.writer = writer;
        this.planned = planned;
    }

    /**
     * The model of a turn.
     *
     * @param bytes the model itself, where it came along; else null
     * @throws IOException when its bytes are nowhere
     */
    ShippedModel find(ModelEntry entry, ShippedModel bytes) throws IOException {
        if (bytes != null) {
            return bytes;
        }
        for (ShippedModel each : planned) {
            if (each.pin().equals(entry.pin())) {
                return each;
            }
        }
        return stored(entry);
    }

    private ShippedModel stored(ModelEntry entry) throws IOException {
        IOException missing = new IOException(describe(entry));
        if (store != null) {
            try {
                return store.get(entry.pin());
            } catch (IOException e) {
                missing.addSuppressed(e);
            }
        }
        if (!entry.folder().isEmpty() && (store == null || !entry.folder().equals(store.folder()))) {
            try {
                return ArtifactStore.at(entry.folder()).get(entry.pin());
            } catch (IOException e) {
                missing.addSuppressed(e);
            }
        }
        throw missing;
    }

    private String describe(ModelEntry entry) {
        ModelPin pin = entry.pin();
        String places = entry.folder().isEmpty() ? "" : entry.folder();
        if (store != null && !store.folder().equals(places)) {
            places = places.isEmpty() ? store.folder() : places + " and " + store.folder();
        }
        return "The state needs model " + pin + ", and its bytes are not to be had: weights with SHA-256 "
                + pin.weightsSha256() + ", card with " + pin.cardSha256() + ". Looked for in "
                + (places.isEmpty() ? "no folder, for the job has none beside its checkpoints" : places)
                + ", and among the models that the job was started with. Copy the two files there under these names,"
                + " or name " + pin + " in clearline.models when you start the job.";
    }

    /** Whether the store has the model now, or nobody needs it to, so that no checkpoint has to hold its bytes. */
    boolean keep(ShippedModel model) {
        if (!writer) {
            return true;
        }
        if (store == null) {
            return false;
        }
        try {
            store.put(model);
            return true;
        } catch (IOException e) {
            LOGGER.warn("{} can't be written; checkpoints hold the models themselves", store.folder(), e);
            return false;
        }
    }

    /** The folder that has what was {@link #keep kept}; empty where there is none. */
    String folder() {
        return store == null ? "" : store.folder();
    }
}
