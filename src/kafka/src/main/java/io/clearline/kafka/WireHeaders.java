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

import io.clearline.schemas.RegistryFraming;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts records into the framing that a topic's readers want, on their way to Kafka: everything before that is
 * single-object encoding. With a registry the numbers are asked for once, at the beginning; then nothing depends on it.
 * Immutable.
 */
public final class WireHeaders implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Leaves everything as it is. */
    public static final WireHeaders SINGLE_OBJECT = new WireHeaders(new LinkedHashMap<>());

    /** The registry's number of the schema of each topic's values; of other topics they stay as they are. */
    private final LinkedHashMap<String, Integer> schemaIds;

    private WireHeaders(LinkedHashMap<String, Integer> schemaIds) {
        this.schemaIds = schemaIds;
    }

    /**
     * Registers the schemas of all topics, each as the subject {@code TOPIC-value}.
     *
     * @throws IOException when the registry can't be asked, or refuses
     */
    public static WireHeaders registered(SchemaRegistry registry, Topics topics) throws IOException {
        LinkedHashMap<String, Integer> ids = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : topics.recordsByTopic().entrySet()) {
            ids.put(each.getKey(), registry.id(each.getKey(), WireCodec.publishedSchema(each.getValue())));
        }
        return new WireHeaders(ids);
    }

    /**
     * The value as it goes to a topic.
     *
     * @param singleObject what {@link WireCodec#encode} gave; anything else stays as it is
     */
    public byte[] framed(String topic, byte[] singleObject) {
        Integer id = schemaIds.get(topic);
        return id == null || !RegistryFraming.isSingleObject(singleObject)
                ? singleObject
                : RegistryFraming.of(singleObject, id);
    }
}
