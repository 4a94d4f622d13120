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

import io.clearline.job.model.ModelPin;
import io.clearline.job.model.ShippedModel;
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
 * What a checkpoint knows of the job's models: the turn of each by name, and the bytes only where no store has them.
 * One subtask writes for all, because every subtask has the same models; each reads all.
 *
 * <p>Older checkpoints have the bytes with every turn, in a list named {@value #WITH_BYTES}. It is read, and left
 * empty.
 */
final class ModelState {
    private static final String WITH_BYTES = "models";

    private final ListState<byte[]> withBytes;
    private final ListState<ModelEntry> entries;
    private final ListState<ShippedModel> bytes;

    ModelState(OperatorStateStore store) throws Exception {
        withBytes =
                store.getUnionListState(new ListStateDescriptor<>(WITH_BYTES, BytePrimitiveArraySerializer.INSTANCE));
        entries = store.getUnionListState(new ListStateDescriptor<>("model-turns", ModelEntrySerializer.INSTANCE));
        bytes = store.getUnionListState(new ListStateDescriptor<>("model-bytes", ShippedModelSerializer.INSTANCE));
    }

    /** A turn of a model, with the bytes where the checkpoint has them; else null. */
    record Restored(ModelEntry entry, ShippedModel bytes) {}

    /** The turns that are stored, each rate's in their order. */
    List<Restored> read() throws Exception {
        List<Restored> restored = new ArrayList<>();
        for (byte[] each : withBytes.get()) {
            restored.add(readWithBytes(each));
        }
        Map<ModelPin, ShippedModel> models = new HashMap<>();
        for (ShippedModel each : bytes.get()) {
            models.put(each.pin(), each);
        }
        for (ModelEntry each : entries.get()) {
            restored.add(new Restored(each, models.get(each.pin())));
        }
        return restored;
    }

    /** As versions before the store wrote it; the first wrote no moment. */
    private static Restored readWithBytes(byte[] stored) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored));
        ShippedModel model = ModelBytes.readModel(in);
        long fromMicros = in.available() > 0 ? in.readLong() : 0;
        return new Restored(new ModelEntry(model.pin(), fromMicros, 0, ""), model);
    }

    /** Forgets what was stored, for the subtasks that write nothing. */
    void clear() {
        withBytes.clear();
        entries.clear();
        bytes.clear();
    }

    /**
     * Writes the turns in place of what was stored.
     *
     * @param unstored bytes that no store has, so that the checkpoint has to hold them
     */
    void write(List<ModelEntry> turns, List<ShippedModel> unstored) throws Exception {
        clear();
        entries.addAll(turns);
        bytes.addAll(unstored);
    }
}
