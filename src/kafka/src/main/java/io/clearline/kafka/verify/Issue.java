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
 * One thing that is wrong.
 *
 * @param stream the stream's id
 * @param sequence the frame's number, or -1 where the whole stream is meant
 * @param detail a phrase for people: what was expected and what came
 */
public record Issue(IssueKind kind, String stream, long sequence, String detail) {
    @Override
    public String toString() {
        String frame = sequence < 0 ? "" : " frame " + sequence;
        return kind + ": stream " + stream + frame + (detail.isEmpty() ? "" : ", " + detail);
    }
}
