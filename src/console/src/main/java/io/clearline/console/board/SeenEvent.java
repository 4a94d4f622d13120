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
 * An event of a stream or of a model. Component names are JSON field names.
 *
 * @param number consecutive number since the start of the console, from 1
 * @param timeMillis timestamp of the record
 * @param subject id of the stream, or {@code name@version} of the model
 * @param ofModel whether {@code subject} is a model
 * @param kind kind of the event
 * @param sequence sequence of the frame at which it happened; 0 for a model
 * @param frames number of frames concerned; 0 for a model
 * @param captureTimeMicros capture time at which it happened; for a model, the time from which it is used
 * @param detail the event in words
 */
public record SeenEvent(
        long number,
        long timeMillis,
        String subject,
        boolean ofModel,
        String kind,
        long sequence,
        int frames,
        long captureTimeMicros,
        String detail) {}
