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

/** How a frame of a stream is treated, and whether that differs from the stream's previous frame. */
public enum Treatment {
    /** The frame is enhanced, as was the previous one. */
    ENHANCED(false, false),
    /** The frame passes dry, as did the previous one. */
    BYPASSED(true, false),
    /** The frame is the first to pass dry. */
    NOW_BYPASSED(true, true),
    /** The frame is the first to be enhanced again. */
    ENHANCED_AGAIN(false, true),
    /** The frame is too old to be of use to a listener, and is dropped. */
    DROPPED(false, false);

    private final boolean bypassed;
    private final boolean changed;

    Treatment(boolean bypassed, boolean changed) {
        this.bypassed = bypassed;
        this.changed = changed;
    }

    /** Returns whether the frame passes dry. */
    public boolean isBypassed() {
        return bypassed;
    }

    /** Returns whether the stream's previous frame was treated differently. */
    public boolean isChanged() {
        return changed;
    }

    static Treatment of(boolean bypassed, boolean changed) {
        if (changed) {
            return bypassed ? NOW_BYPASSED : ENHANCED_AGAIN;
        }
        return bypassed ? BYPASSED : ENHANCED;
    }
}
