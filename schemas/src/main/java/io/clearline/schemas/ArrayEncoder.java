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
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.avro.io.DirectBinaryEncoder;

/** Avro's unbuffered encoder, without the copy it makes of every payload. One output for life; holds nothing back. */
final class ArrayEncoder extends DirectBinaryEncoder {

    ArrayEncoder(OutputStream output) {
        super(output);
    }

    @Override
    public void writeFixed(ByteBuffer bytes) throws IOException {
        if (bytes.hasArray()) {
            writeFixed(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            super.writeFixed(bytes);
        }
    }
}
