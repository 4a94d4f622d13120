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

/** The ways in which the output can deviate from the input. */
public enum IssueKind {
    /** An input frame has no output frame. */
    LOST,
    /** In a replay, an output frame came more than once. */
    DOUBLED,
    /** In live mode, an output frame came again with different bytes. */
    REPEAT_DIFFERS,
    /** An output frame came after one with a higher sequence. */
    OUT_OF_ORDER,
    /** The number of samples of an output frame differs from that of its input frame. */
    SAMPLE_COUNT,
    /** An output frame that is not concealed has no input frame. */
    UNEXPECTED,
    /** The bytes of an output frame differ from those of the reference run. */
    ALTERED,
    /** The SHA-256 of a stream differs from that of the reference run. */
    HASH_MISMATCH,
    /** An output record cannot be decoded as an enhanced frame. */
    UNREADABLE
}
