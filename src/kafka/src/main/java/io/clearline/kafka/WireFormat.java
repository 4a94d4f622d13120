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

/** The framing of a record's value: the header in front of the Avro body. */
public enum WireFormat {
    /** Avro single-object encoding: {@code C3 01} and the 8-byte fingerprint of the schema. */
    SINGLE_OBJECT("single-object"),
    /** Confluent's wire format: a zero byte and the 4-byte id of the schema in a schema registry. */
    REGISTRY("registry");

    private final String text;

    WireFormat(String text) {
        this.text = text;
    }

    /** Returns the name as it is written in options. */
    @Override
    public String toString() {
        return text;
    }
}
