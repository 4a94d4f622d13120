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
 * The newest announcement of a key in the topic of models. Component names are JSON field names.
 *
 * @param key key of the record: channel and sample rate
 * @param timeMillis timestamp of the record
 * @param channel channel that the announcement is for
 * @param model the announced model, {@code name@version}
 * @param uri location of the model
 * @param sha256 SHA-256 of its weights
 * @param fromCaptureTimeMicros capture time from which the model is used; 0 for the next frame of each stream
 */
public record SeenAnnouncement(
        String key,
        long timeMillis,
        String channel,
        String model,
        String uri,
        String sha256,
        long fromCaptureTimeMicros) {}
