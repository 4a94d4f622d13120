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
package io.clearline.job.operator;

/**
 * The version of a checkpoint as a whole, which increases with the version of any part. Parts store their own versions,
 * so this number only names the folders of the golden snapshots.
 *
 * <ol>
 *   <li>streams in version 1; the files of each model with its takeover
 *   <li>streams in version 2: sessions, position in time, waiting frames
 *   <li>models by name, with their files beside the checkpoints; announcements that are being fetched
 *   <li>streams in version 3: several channels
 *   <li>signals in version 5: tones are also detected over three blocks together
 * </ol>
 */
final class StateVersion {
    static final int CURRENT = 5;

    private StateVersion() {}
}
