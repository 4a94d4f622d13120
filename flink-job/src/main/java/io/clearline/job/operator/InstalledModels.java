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

import io.clearline.inference.model.EnhancementModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The files behind the operator's models, for its next snapshot: for each sample rate the model and after it those that
 * succeed it, in the order of a {@link io.clearline.job.stream.ModelSet}. Thread-confined.
 */
final class InstalledModels {
    /** One model, and the capture time from which it is in use; 0 where it was from the start. */
    record Installed(ShippedModel model, int sampleRateHz, long fromMicros) {}

    private final int modelsOfARate;
    private final List<Installed> models = new ArrayList<>();

    /** @param modelsOfARate how many stay of those that succeed each other; of more the oldest goes */
    InstalledModels(int modelsOfARate) {
        this.modelsOfARate = modelsOfARate;
    }

    /** In the order in which they took over. */
    List<Installed> all() {
        return models;
    }

    boolean has(int sampleRateHz) {
        return models.stream().anyMatch(each -> each.sampleRateHz() == sampleRateHz);
    }

    /**
     * Whether a model is the newest of its rate already.
     *
     * @throws IllegalArgumentException when it has the name of one in use and is another: a stored signal could not
     *     tell them apart
     */
    boolean isNewest(ShippedModel model, EnhancementModel unpacked) throws IOException {
        Installed newest = null;
        for (Installed each : models) {
            if (each.sampleRateHz() == unpacked.sampleRateHz()) {
                boolean same = Arrays.equals(each.model().toBytes(), model.toBytes());
                if (!same && each.model().unpack().id().equals(unpacked.id())) {
                    throw new IllegalArgumentException("Another model of the name " + unpacked.id()
                            + " is in use. A published version never changes: publish a new one.");
                }
                newest = same ? each : null;
            }
        }
        return newest != null;
    }

    /** Adds a model or a successor. */
    void add(ShippedModel model, int sampleRateHz, long fromMicros) {
        List<Installed> ofRate = models.stream()
                .filter(each -> each.sampleRateHz() == sampleRateHz)
                .toList();
        if (ofRate.size() == modelsOfARate) {
            models.remove(ofRate.get(0));
        }
        models.add(new Installed(model, sampleRateHz, fromMicros));
    }

    /** What a snapshot stores, an array a model. */
    List<byte[]> toBytes() throws IOException {
        List<byte[]> stored = new ArrayList<>();
        for (Installed each : models) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(each.model().toBytes());
            // Behind what the first version wrote, which does not look there.
            new DataOutputStream(bytes).writeLong(each.fromMicros());
            stored.add(bytes.toByteArray());
        }
        return stored;
    }

    /** Adds what {@link #toBytes} stored, in this version or the first. */
    void addStored(byte[] bytes) throws IOException {
        ShippedModel model = ShippedModel.fromBytes(bytes);
        int length = model.toBytes().length;
        DataInputStream rest = new DataInputStream(new ByteArrayInputStream(bytes, length, bytes.length - length));
        add(model, model.unpack().sampleRateHz(), rest.available() > 0 ? rest.readLong() : 0);
    }
}
