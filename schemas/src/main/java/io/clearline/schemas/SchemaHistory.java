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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Loads every released schema of a record from the resources {@code history/<Record>/v1.avsc}, {@code v2.avsc} and so
 * on. With these schemas a reader can decode the records of every earlier release without a schema registry. Stateless.
 */
final class SchemaHistory {

    private SchemaHistory() {}

    /** Returns all versions of a record, v1 first. The last one is the current schema. */
    static List<Schema> of(String recordName) {
        List<Schema> versions = new ArrayList<>();
        Schema version = load(recordName, 1);
        while (version != null) {
            versions.add(version);
            version = load(recordName, versions.size() + 1);
        }
        return List.copyOf(versions);
    }

    private static Schema load(String recordName, int version) {
        String resource = "history/" + recordName + "/v" + version + ".avsc";
        try (InputStream file = SchemaHistory.class.getResourceAsStream(resource)) {
            return file == null ? null : new Schema.Parser().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema " + resource, e);
        }
    }
}
