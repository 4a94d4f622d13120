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

/** What the job is for. */
public enum DeliveryMode {
    /**
     * Streams as they happen: at-least-once, a frame goes out as soon as it is ready; (stream id, sequence) tells a
     * repeat. Idle streams are closed, models are swapped while running.
     */
    LIVE,
    /**
     * Stored streams, once through to the end of the topic as it was at the start: exactly-once, full batches; a stream
     * closes at its last frame or at the end of the topic, never by the clock; each frame has the model that was
     * announced for its capture time.
     */
    REPLAY
}
