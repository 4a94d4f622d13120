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

/** The ids of probe streams: short silent streams that check at the start whether frames pass the job. Stateless. */
public final class ProbeIds {
    /** The prefix of every probe's stream id. */
    public static final String PREFIX = "clearline-probe-";

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.UTF_8);

    private ProbeIds() {}

    /**
     * Returns whether a record belongs to a probe stream.
     *
     * @param key the key of the record, its stream id; may be null
     */
    public static boolean isProbe(byte[] key) {
        return key != null
                && key.length >= PREFIX_BYTES.length
                && Arrays.equals(key, 0, PREFIX_BYTES.length, PREFIX_BYTES, 0, PREFIX_BYTES.length);
    }
}
