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
package io.clearline.console.board;

/**
 * A record that the job could not process. Component names are JSON field names.
 *
 * @param number consecutive number since the start of the console, from 1
 * @param timeMillis timestamp of the dead letter
 * @param topic topic of the original record
 * @param partition partition of the original record
 * @param offset offset of the original record
 * @param reason why the job rejected it
 * @param detail the rejection in words
 * @param key key of the record
 * @param size size of the whole record in bytes
 * @param sha256 SHA-256 of the whole record
 * @param bytes the first bytes of the record, at most {@link #MAX_BYTES}; Base64 in JSON
 */
public record SeenDeadLetter(
        long number,
        long timeMillis,
        String topic,
        int partition,
        long offset,
        String reason,
        String detail,
        String key,
        int size,
        String sha256,
        byte[] bytes) {

    /** The number of bytes that are kept of a record. */
    public static final int MAX_BYTES = 2048;
}
