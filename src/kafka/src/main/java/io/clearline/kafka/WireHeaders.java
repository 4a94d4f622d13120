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
 * Converts encoded records from single-object encoding, which the program uses internally, to the framing of the topic.
 * The schema ids are fetched from the registry once, at the start; afterwards the registry may be down. Immutable.
 */
public final class WireHeaders implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Leaves every record in single-object encoding. */
    public static final WireHeaders SINGLE_OBJECT = new WireHeaders(new LinkedHashMap<>());

    /** The registry's schema id for the values of each topic. Records of other topics are not converted. */
    private final LinkedHashMap<String, Integer> schemaIds;

    private WireHeaders(LinkedHashMap<String, Integer> schemaIds) {
        this.schemaIds = schemaIds;
    }

    /**
     * Registers the schemas of all topics, each as the subject {@code TOPIC-value}.
     *
     * @throws IOException if the registry does not answer or refuses a schema
     */
    public static WireHeaders registered(SchemaRegistry registry, Topics topics) throws IOException {
        LinkedHashMap<String, Integer> ids = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : topics.recordsByTopic().entrySet()) {
            ids.put(each.getKey(), registry.id(each.getKey(), WireCodec.publishedSchema(each.getValue())));
        }
        return new WireHeaders(ids);
    }

    /**
     * Returns the value in the framing of a topic.
     *
     * @param singleObject a record encoded by {@link WireCodec#encode}; other bytes are returned unchanged
     */
    public byte[] framed(String topic, byte[] singleObject) {
        Integer id = schemaIds.get(topic);
        return id == null || !RegistryFraming.isSingleObject(singleObject)
                ? singleObject
                : RegistryFraming.of(singleObject, id);
    }
}
