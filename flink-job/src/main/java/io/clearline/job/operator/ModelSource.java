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
import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of models and ensures that the store has them. Thread-safe. Its methods read and write files. */
final class ModelSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelSource.class);

    private final ArtifactStore store;
    /** Whether this subtask writes to the store and to checkpoints. */
    private final boolean writer;

    private final List<ModelFiles> planned;

    /**
     * @param store store beside the checkpoints; null if there is none
     * @param writer whether this subtask writes to the store and to checkpoints, for all subtasks
     * @param planned models that the job was started with
     */
    ModelSource(ArtifactStore store, boolean writer, List<ModelFiles> planned) {
        this.store = store;
        this.writer = writer;
        this.planned = planned;
    }

    /**
     * Returns the model of an entry.
     *
     * @param bytes the model, if it is known already; else null
     * @throws IOException if its files are in none of the places, which the message names
     */
    ModelFiles find(ModelEntry entry, ModelFiles bytes) throws IOException {
        if (bytes != null) {
            return bytes;
        }
        for (ModelFiles each : planned) {
            if (each.pin().equals(entry.pin())) {
                return each;
            }
        }
        return stored(entry);
    }

    /** Reads a model from this job's store, or else from the folder that the checkpoint names. */
    private ModelFiles stored(ModelEntry entry) throws IOException {
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
        return "The state requires model " + pin + ", whose files were not found: weights with SHA-256 "
                + pin.weightsSha256() + ", card with SHA-256 " + pin.cardSha256() + ". Searched "
                + (places.isEmpty() ? "no folder, because the job has no directory for checkpoints" : places)
                + ", and the models that the job was started with. Copy the two files there under these names,"
                + " or include " + pin + " in clearline.models when you start the job.";
    }

    /**
     * Puts a model into the store.
     *
     * @return whether checkpoints need not contain the files: the store has them, or another subtask writes them
     */
    boolean ensureStored(ModelFiles model) {
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
            LOGGER.warn("Could not write to {}; checkpoints will contain the models", store.folder(), e);
            return false;
        }
    }

    /** Returns the folder of the store; empty if there is none. */
    String folder() {
        return store == null ? "" : store.folder();
    }
}
