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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ids of the short streams that show at the start whether frames pass; nobody's calls. Stateless. */
public final class ProbeIds {
    /** What each of them begins with. */
    public static final String PREFIX = "clearline-probe-";

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.UTF_8);

    private ProbeIds() {}

    /**
     * Whether a record is of such a stream.
     *
     * @param key the record's; null for none
     */
    public static boolean isProbe(byte[] key) {
        return key != null
                && key.length >= PREFIX_BYTES.length
                && Arrays.equals(key, 0, PREFIX_BYTES.length, PREFIX_BYTES, 0, PREFIX_BYTES.length);
    }
}
