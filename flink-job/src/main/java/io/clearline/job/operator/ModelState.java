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

import io.clearline.job.model.ModelFiles;
import io.clearline.job.model.ModelPin;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * The models in a checkpoint: the entry of each takeover, and the files of those models that no store has. One subtask
 * writes them, because all subtasks have the same models, and every subtask reads them.
 *
 * <p>Older checkpoints contain the files with every entry, in a list named {@value #LEGACY_NAME}. That list is still
 * read, and is left empty.
 */
final class ModelState {
    private static final String LEGACY_NAME = "models";

    /** Entries with files, as written by releases before there was a store. */
    private final ListState<byte[]> legacyEntries;

    private final ListState<ModelEntry> entries;
    private final ListState<ModelFiles> bytes;

    ModelState(OperatorStateStore store) throws Exception {
        legacyEntries =
                store.getUnionListState(new ListStateDescriptor<>(LEGACY_NAME, BytePrimitiveArraySerializer.INSTANCE));
        entries = store.getUnionListState(new ListStateDescriptor<>("model-turns", ModelEntrySerializer.INSTANCE));
        bytes = store.getUnionListState(new ListStateDescriptor<>("model-bytes", ShippedModelSerializer.INSTANCE));
    }

    /**
     * A takeover from a checkpoint.
     *
     * @param bytes the model's files, if the checkpoint contains them; else null
     */
    record Restored(ModelEntry entry, ModelFiles bytes) {}

    /** Returns the stored takeovers. Those of one sample rate are in their order. */
    List<Restored> read() throws Exception {
        List<Restored> restored = new ArrayList<>();
        for (byte[] each : legacyEntries.get()) {
            restored.add(readLegacy(each));
        }
        Map<ModelPin, ModelFiles> models = new HashMap<>();
        for (ModelFiles each : bytes.get()) {
            models.put(each.pin(), each);
        }
        for (ModelEntry each : entries.get()) {
            restored.add(new Restored(each, models.get(each.pin())));
        }
        return restored;
    }

    /** Reads an entry of the legacy list, whose first version contained no capture time. */
    private static Restored readLegacy(byte[] stored) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored));
        ModelFiles model = ModelBytes.readModel(in);
        long fromMicros = in.available() > 0 ? in.readLong() : 0;
        return new Restored(new ModelEntry(model.pin(), fromMicros, 0, ""), model);
    }

    /** Clears the state. Subtasks that write nothing call only this. */
    void clear() {
        legacyEntries.clear();
        entries.clear();
        bytes.clear();
    }

    /**
     * Replaces the stored takeovers.
     *
     * @param takeovers entries of all takeovers
     * @param unstored models that no store has
     */
    void write(List<ModelEntry> takeovers, List<ModelFiles> unstored) throws Exception {
        clear();
        entries.addAll(takeovers);
        bytes.addAll(unstored);
    }
}
