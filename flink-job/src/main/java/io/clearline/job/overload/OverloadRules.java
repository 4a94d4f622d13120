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
 * How a LIVE job behaves when more frames arrive than it can enhance in time. Immutable.
 *
 * @param deadlineMillis lateness, relative to the stream's own best, that frames should not exceed; while they exceed
 *     half of it and the job can't keep up, streams are bypassed; 0 disables bypassing and dropping
 * @param maxAgeMillis lateness above which frames are dropped while every stream is bypassed, so that no delay grows
 *     without bound; 0 disables dropping
 */
public record OverloadRules(long deadlineMillis, long maxAgeMillis) implements Serializable {
    /** Bypasses and drops nothing: the output has the same bytes however late the frames are. */
    public static final OverloadRules NONE = new OverloadRules(0, 0);

    /** @throws IllegalArgumentException if a value is negative */
    public OverloadRules {
        if (deadlineMillis < 0 || maxAgeMillis < 0) {
            throw new IllegalArgumentException("Overload rules must not be negative: deadlineMillis " + deadlineMillis
                    + ", maxAgeMillis " + maxAgeMillis);
        }
    }
}
