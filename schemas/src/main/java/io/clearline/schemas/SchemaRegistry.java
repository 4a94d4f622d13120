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

/** A place outside that gives schemas numbers. An instance may be asked by several threads. */
public interface SchemaRegistry {
    /**
     * The schema of a number; what was told once is remembered.
     *
     * @return empty where the registry knows no such number, or what it has is no Avro schema
     * @throws IOException when the registry can't be asked
     */
    Optional<Schema> schema(int id) throws IOException;

    /**
     * The number of the schema that the values of a topic have; it is registered where it is not yet.
     *
     * @throws IOException when the registry can't be asked, or refuses
     */
    int id(String topic, Schema schema) throws IOException;
}
