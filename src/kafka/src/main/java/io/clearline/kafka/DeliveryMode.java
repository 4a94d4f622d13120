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

/** How the job reads its input and delivers its output. */
public enum DeliveryMode {
    /**
     * Enhances live streams with at-least-once delivery. Each frame is written as soon as it is ready; after a recovery
     * some frames are written again, with the same session and sequence. Idle streams are closed, and models are
     * swapped while the job runs.
     */
    LIVE,
    /**
     * Enhances stored streams with exactly-once delivery and full batches, up to the end that the topic had when the
     * job started. A stream closes at its last frame or at the end of the topic, never on a timeout. Each frame is
     * enhanced by the model that was announced for its capture time.
     */
    REPLAY
}
