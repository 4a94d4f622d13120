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
package io.clearline.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The names of the topics, which share a prefix. Immutable.
 *
 * @param prefix the part before the first dot that differs between installations on one broker
 */
public record Topics(String prefix) implements Serializable {
    /** The default prefix. */
    public static final String DEFAULT_PREFIX = "clearline";

    /** The topics with the default prefix, as the documentation names them. */
    public static final Topics DEFAULT = new Topics(DEFAULT_PREFIX);

    /** The input of the job: {@code AudioFrame} records as the gateways write them; key = stream id. */
    public String rawFrames() {
        return prefix + ".frames.raw";
    }

    /**
     * The dead letters: {@code DeadFrame} records with the bytes of a record that could not be decoded or exceeded a
     * limit, and the reason.
     */
    public String deadFrames() {
        return prefix + ".frames.dead";
    }

    /** {@code EnhancedFrame} records; key = stream id. */
    public String enhancedFrames() {
        return prefix + ".frames.enhanced";
    }

    /** {@code SdrEstimate} records; key = stream id. */
    public String sdrEstimates() {
        return prefix + ".sdr";
    }

    /** {@code StreamEvent} records; key = stream id. */
    public String events() {
        return prefix + ".events";
    }

    /** {@code ModelEvent} records; key = the model as name@version. */
    public String modelEvents() {
        return prefix + ".models.events";
    }

    /** {@code ModelAnnouncement} records, compacted; key = channel. */
    public String models() {
        return prefix + ".models";
    }

    /** Returns every topic that the job reads or writes. */
    public List<String> all() {
        return List.of(rawFrames(), deadFrames(), enhancedFrames(), sdrEstimates(), events(), models(), modelEvents());
    }

    /** Returns the name of the Avro record in the values of each topic. */
    public Map<String, String> recordsByTopic() {
        return Map.of(
                rawFrames(), "AudioFrame",
                deadFrames(), "DeadFrame",
                enhancedFrames(), "EnhancedFrame",
                sdrEstimates(), "SdrEstimate",
                events(), "StreamEvent",
                models(), "ModelAnnouncement",
                modelEvents(), "ModelEvent");
    }
}
