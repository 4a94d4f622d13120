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
 * Something that happened to a stream or a model.
 *
 * @param number counts up from 1
 * @param subject stream id, or name@version of a model
 * @param ofModel whether {@code subject} is a model
 * @param captureTimeMicros when it happened in the stream's time; of a model, from when on it counts
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
