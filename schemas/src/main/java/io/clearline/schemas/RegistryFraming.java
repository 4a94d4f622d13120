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

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The framing of Confluent's schema registry and of compatible registries: a zero byte, the schema id (4 bytes,
 * big-endian) and the Avro binary body. The body is the same as in single-object encoding, so only the header differs.
 * Stateless.
 */
public final class RegistryFraming {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private RegistryFraming() {}

    /** Returns whether a value may be in this framing. */
    static boolean isFraming(byte[] value) {
        return value != null && value.length >= HEADER_BYTES && value[0] == MAGIC;
    }

    /** Returns the id of the writer's schema. The value must satisfy {@link #isFraming}. */
    static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    /**
     * Converts a record from single-object encoding to this framing.
     *
     * @param singleObject a record as {@link WireCodec#encode} returns it
     * @param schemaId the registry's id of the writer's schema
     */
    public static byte[] of(byte[] singleObject, int schemaId) {
        int bodyBytes = singleObject.length - WireCodec.HEADER_BYTES;
        byte[] framed = new byte[HEADER_BYTES + bodyBytes];
        ByteBuffer.wrap(framed).put(MAGIC).putInt(schemaId);
        System.arraycopy(singleObject, WireCodec.HEADER_BYTES, framed, HEADER_BYTES, bodyBytes);
        return framed;
    }

    /** Returns whether a value is in single-object encoding, and so can be converted with {@link #of}. */
    public static boolean isSingleObject(byte[] value) {
        return value != null
                && value.length >= WireCodec.HEADER_BYTES
                && Arrays.equals(value, 0, WireCodec.MARKER.length, WireCodec.MARKER, 0, WireCodec.MARKER.length);
    }
}
