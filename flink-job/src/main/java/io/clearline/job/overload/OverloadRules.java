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
package io.clearline.job.overload;

import java.io.Serializable;

/**
 * What the live job does when more comes than it can enhance in time.
 *
 * @param deadlineMillis by how much frames may be later than their stream's frames were at best; while they are later,
 *     and the job can't keep up, streams are bypassed; 0: never
 * @param maxAgeMillis when all streams are bypassed and frames are still later by more than this, they are dropped: no
 *     delay grows without bound; 0: never
 */
public record OverloadRules(long deadlineMillis, long maxAgeMillis) implements Serializable {
    /** Nothing is bypassed and nothing dropped: the same bits, however late. */
    public static final OverloadRules NONE = new OverloadRules(0, 0);

    public OverloadRules {
        if (deadlineMillis < 0 || maxAgeMillis < 0) {
            throw new IllegalArgumentException("Overload rules must not be negative: deadlineMillis " + deadlineMillis
                    + ", maxAgeMillis " + maxAgeMillis);
        }
    }
}
