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

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's data model with a fixed set of classes: the generated records and enums of this module. Avro's default model
 * loads classes by the names in a schema, which requires a system property that lists the trusted packages of the JVM.
 * This model never loads a class by name, so it needs no such property. Immutable and thread-safe.
 */
final class KnownRecords extends SpecificData {

    static final KnownRecords INSTANCE = new KnownRecords();

    private static final Map<String, Class<?>> CLASS_BY_NAME = Stream.<Class<?>>of(
                    AudioEncoding.class,
                    AudioFrame.class,
                    DeadFrame.class,
                    DeadReason.class,
                    EnhancedFrame.class,
                    ModelAnnouncement.class,
                    ModelEvent.class,
                    ModelEventKind.class,
                    SdrEstimate.class,
                    StreamEvent.class,
                    StreamEventKind.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private KnownRecords() {}

    /**
     * Returns a model for writers that uses the encoding methods of the generated classes. They do not box primitive
     * fields, but their exceptions do not name the missing field.
     */
    static KnownRecords writing() {
        KnownRecords records = new KnownRecords();
        records.setCustomCoders(true);
        return records;
    }

    @Override
    public Class<?> getClass(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> CLASS_BY_NAME.get(schema.getFullName());
            default -> super.getClass(schema);
        };
    }
}
