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
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.Utf8;

/**
 * Decodes records of this module and takes their strings from a {@link TextCache}, where Avro would allocate a new
 * string for each field. Not thread-safe.
 */
final class CachedTextReader<T> extends SpecificDatumReader<T> {
    private final TextCache texts;
    private Utf8 bytes = new Utf8();

    CachedTextReader(Schema writer, Schema reader, SpecificData data, TextCache texts) {
        super(writer, reader, data);
        this.texts = texts;
    }

    /** Ignores the expected string class, because every string of our records is a {@link String}. */
    @Override
    protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
        bytes = in.readString(bytes);
        String text = texts.ofAscii(bytes.getBytes(), bytes.getByteLength());
        return text == null ? bytes.toString() : text;
    }
}
