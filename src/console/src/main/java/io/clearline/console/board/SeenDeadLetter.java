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
 * A record that the job could not process.
 *
 * @param number counts up from 1
 * @param bytes the beginning of the record, at most {@link #MAX_BYTES}; Base64 in JSON
 * @param size of the whole record in bytes; -1: unknown
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

    /** More of a record is not kept. */
    public static final int MAX_BYTES = 2048;
}
