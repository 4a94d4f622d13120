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
package io.clearline.kafka.verify;

/** What can be wrong between the frames that went in and those that came out. */
public enum IssueKind {
    /** An input frame that no output frame answers. */
    LOST,
    /** Replay: an output frame came more than once. */
    DOUBLED,
    /** Live: an output frame came again with other bytes. */
    REPEAT_DIFFERS,
    /** An output frame came after one with a higher sequence. */
    OUT_OF_ORDER,
    /** An output frame has not the number of samples of its input frame. */
    SAMPLE_COUNT,
    /** An output frame that is not concealed, and that no input frame asked for. */
    UNEXPECTED,
    /** An output frame has not the bytes it has in the run compared with. */
    ALTERED,
    /** A stream has not the SHA-256 it has in the run compared with. */
    HASH_MISMATCH,
    /** An output record is no enhanced frame. */
    UNREADABLE
}
