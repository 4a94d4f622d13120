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

/** The status of a stream: the most severe condition that applies. */
public enum StreamStatus {
    /** Its frames come out enhanced. */
    ENHANCED,
    /** Its frames are bypassed: they come out as they went in. */
    DRY,
    /** The job cannot keep up, and bypasses the stream. */
    OVERLOADED,
    /** Frames come in and none come out. */
    UNANSWERED,
    /** No frame has come in for a few seconds. */
    IDLE,
    /** The sender has ended the stream. */
    CLOSED
}
