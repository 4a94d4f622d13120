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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaHistoryTest {

    static Stream<Schema> todaysSchemas() {
        return Stream.of(
                AudioFrame.getClassSchema(),
                EnhancedFrame.getClassSchema(),
                SdrEstimate.getClassSchema(),
                StreamEvent.getClassSchema(),
                DeadFrame.getClassSchema(),
                ModelAnnouncement.getClassSchema(),
                ModelEvent.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("todaysSchemas")
    void todaysSchemaIsTheNewestInTheHistory(Schema today) {
        List<Schema> history = SchemaHistory.of(today.getName());
        assertThat(history).isNotEmpty();

        assertThat(history.get(history.size() - 1))
                .as(
                        "the newest history/%s/v*.avsc; never change a released schema, add the new one as v%d.avsc",
                        today.getName(), history.size() + 1)
                .isEqualTo(withoutJavaHints(today));
    }

    @ParameterizedTest
    @MethodSource("todaysSchemas")
    void todaysReaderUnderstandsEveryEarlierWriter(Schema today) {
        for (Schema earlier : SchemaHistory.of(today.getName())) {
            assertReads(today, earlier);
        }
    }

    @ParameterizedTest
    @MethodSource("todaysSchemas")
    void everyEarlierReaderUnderstandsTodaysWriter(Schema today) {
        for (Schema earlier : SchemaHistory.of(today.getName())) {
            assertReads(earlier, today);
        }
    }

    @ParameterizedTest
    @MethodSource("todaysSchemas")
    void everyVersionHasAFingerprintOfItsOwn(Schema today) {
        assertThat(SchemaHistory.of(today.getName()).stream().map(SchemaNormalization::parsingFingerprint64))
                .doesNotHaveDuplicates();
    }

    private static void assertReads(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    /** Returns the schema as in the .avsc file, without the Java class of strings that the code generator adds. */
    private static Schema withoutJavaHints(Schema schema) {
        String json = schema.toString()
                .replace("{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                .replace(",\"avro.java.string\":\"String\"", "");
        return new Schema.Parser().parse(json);
    }
}
