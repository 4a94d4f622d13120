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

/**
 * A deviation of the output from what the input requires. Immutable.
 *
 * @param stream the stream id, with the session if the id has several
 * @param sequence the sequence of the frame, or -1 if the whole stream is affected
 * @param detail what was expected and what came, in words; may be empty
 */
public record Issue(IssueKind kind, String stream, long sequence, String detail) {
    @Override
    public String toString() {
        String frame = sequence < 0 ? "" : " frame " + sequence;
        return kind + ": stream " + stream + frame + (detail.isEmpty() ? "" : ", " + detail);
    }
}
