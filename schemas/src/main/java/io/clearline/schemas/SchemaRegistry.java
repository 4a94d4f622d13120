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
package io.clearline.schemas;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/** An external schema registry, which assigns ids to schemas. Implementations are thread-safe. */
public interface SchemaRegistry {
    /**
     * Returns the schema of an id. Implementations cache schemas, because an id never changes its schema.
     *
     * @return empty if the registry has no schema with this id, or if it is not an Avro schema
     * @throws IOException if the registry cannot be reached
     */
    Optional<Schema> schema(int id) throws IOException;

    /**
     * Returns the id of the value schema of a topic. Registers the schema if the registry does not have it yet.
     *
     * @throws IOException if the registry cannot be reached or rejects the schema
     */
    int id(String topic, Schema schema) throws IOException;
}
