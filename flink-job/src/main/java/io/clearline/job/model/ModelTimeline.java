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
 * The models of one sample rate in the order in which they were announced, each for frames captured from a moment on. A
 * frame belongs to the newest whose moment had come. Streams reach a moment one by one, so several models can be in
 * force at once; one that was rolled back to stands here twice, with one batch. Thread-confined.
 */
public final class ModelTimeline {
    private final List<Takeover> takeovers = new ArrayList<>();
    /** Those that had to go; they stay at hand until no stream is under them. */
    private final List<PreparedModel> retiring = new ArrayList<>();

    /** Begins with one model. */
    public ModelTimeline(Takeover first) {
        takeovers.add(first);
    }

    /** Every turn, one for each announcement. */
    public List<Takeover> takeovers() {
        return takeovers;
    }

    /** The rate of all these models. */
    @HotPath
    public int sampleRateHz() {
        return takeovers.get(0).model().model().sampleRateHz();
    }

    /** The turn that was announced last, whether its moment has come or not. */
    public Takeover newest() {
        return takeovers.get(takeovers.size() - 1);
    }

    /** The model of this name that has a turn, or null. */
    public PreparedModel find(ModelId id) {
        for (Takeover each : takeovers) {
            if (each.model().pin().id().equals(id)) {
                return each.model();
            }
        }
        return null;
    }

    /** The model of this name that has or had a turn and that streams may still be under, or null. */
    public PreparedModel findStored(ModelId id) {
        PreparedModel known = find(id);
        for (int i = 0; known == null && i < retiring.size(); i++) {
            known = retiring.get(i).pin().id().equals(id) ? retiring.get(i) : null;
        }
        return known;
    }

    /** Gives a model its turn, as the newest. */
    public void add(Takeover takeover) {
        takeovers.add(takeover);
    }

    /** Gives the newest turn another moment. */
    public void reschedule(long fromMicros, long announcedMicros) {
        takeovers.set(takeovers.size() - 1, new Takeover(newest().model(), fromMicros, announcedMicros));
    }

    /** Ends the oldest turn; its model stays at hand until {@link #dropRetiring}. */
    public void retireFirst() {
        retiring.add(takeovers.remove(0).model());
    }

    /** Lets go of the models whose turn has ended; streams have left them. */
    public void dropRetiring() {
        retiring.clear();
    }

    /** The model of what was captured then: the newest whose moment had come. */
    @HotPath
    public EnhancementModel at(long captureTimeMicros) {
        for (int i = takeovers.size() - 1; i > 0; i--) {
            if (captureTimeMicros >= takeovers.get(i).fromMicros()) {
                return takeovers.get(i).model().model();
            }
        }
        return takeovers.get(0).model().model();
    }

    /** The batches of all turns, each once. */
    public List<HopBatch> batches() {
        return takeovers.stream().map(each -> each.model().batch()).distinct().toList();
    }
}
