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
 * The version of a checkpoint as a whole: it goes up with that of any part. Every part says its own version, so that
 * nothing depends on this number but the golden snapshots, one folder for each.
 *
 * <ol>
 *   <li>streams in version 1; the bytes of each model with its turn
 *   <li>streams in version 2: sessions, time, frames that wait
 *   <li>models by name, their bytes beside the checkpoints; announcements that are being fetched
 *   <li>streams in version 3: several channels
 *   <li>signals in version 5: tones are also judged over three blocks together
 * </ol>
 */
final class StateVersion {
    static final int CURRENT = 5;

    private StateVersion() {}
}
