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

import io.clearline.dsp.HotPath;
import io.clearline.inference.HopBatch;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.util.ArrayList;
import java.util.List;

/**
 * The models of one sample rate in the order of their announcements, each with the capture time from which it applies.
 * A frame is enhanced by the newest model that applies to its capture time.
 *
 * <p>Streams reach a capture time one after the other, so several models can be in use at once. A model that is rolled
 * back to has two takeovers, but one batch. Thread-confined.
 */
public final class ModelTimeline {
    private final List<Takeover> takeovers = new ArrayList<>();
    /** Models whose last takeover was removed, until every stream has left them. */
    private final List<PreparedModel> retiring = new ArrayList<>();

    /** Creates a timeline with its first model. */
    public ModelTimeline(Takeover first) {
        takeovers.add(first);
    }

    /** Returns the takeovers in the order of their announcements. The list is live and must not be changed. */
    public List<Takeover> takeovers() {
        return takeovers;
    }

    /** Returns the sample rate of the models. */
    @HotPath
    public int sampleRateHz() {
        return takeovers.get(0).model().model().sampleRateHz();
    }

    /** Returns the takeover that was announced last, whether it applies yet or not. */
    public Takeover newest() {
        return takeovers.get(takeovers.size() - 1);
    }

    /** Returns the model with this name and version that has a takeover, or null. */
    public PreparedModel find(ModelId id) {
        for (Takeover each : takeovers) {
            if (each.model().pin().id().equals(id)) {
                return each.model();
            }
        }
        return null;
    }

    /** Returns the model with this name and version that has a takeover or is retiring, or null. */
    public PreparedModel findStored(ModelId id) {
        PreparedModel known = find(id);
        for (int i = 0; known == null && i < retiring.size(); i++) {
            known = retiring.get(i).pin().id().equals(id) ? retiring.get(i) : null;
        }
        return known;
    }

    /** Appends a takeover. */
    public void add(Takeover takeover) {
        takeovers.add(takeover);
    }

    /** Changes the capture time from which the newest takeover applies. */
    public void reschedule(long fromMicros, long announcedMicros) {
        takeovers.set(takeovers.size() - 1, new Takeover(newest().model(), fromMicros, announcedMicros));
    }

    /** Removes the oldest takeover. Its model remains available to {@link #findStored} until {@link #dropRetiring}. */
    public void retireFirst() {
        retiring.add(takeovers.remove(0).model());
    }

    /** Discards the retiring models. No stream may use them any more. */
    public void dropRetiring() {
        retiring.clear();
    }

    /**
     * Returns the model for a capture time: the newest that applies to it. The first model applies to all times before
     * the second.
     */
    @HotPath
    public EnhancementModel at(long captureTimeMicros) {
        for (int i = takeovers.size() - 1; i > 0; i--) {
            if (captureTimeMicros >= takeovers.get(i).fromMicros()) {
                return takeovers.get(i).model().model();
            }
        }
        return takeovers.get(0).model().model();
    }

    /** Returns the batches of all takeovers, each once. */
    public List<HopBatch> batches() {
        return takeovers.stream().map(each -> each.model().batch()).distinct().toList();
    }
}
