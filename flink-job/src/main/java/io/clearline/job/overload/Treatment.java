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

/** What becomes of a stream's next frame. */
public enum Treatment {
    /** It is enhanced, as the one before it was. */
    ENHANCED(false, false),
    /** It passes dry, as the one before it did. */
    BYPASSED(true, false),
    /** It is the first that passes dry. */
    NOW_BYPASSED(true, true),
    /** It is the first that is enhanced again. */
    ENHANCED_AGAIN(false, true),
    /** It is too old for anyone who listens now: it goes no further. */
    DROPPED(false, false);

    private final boolean bypassed;
    private final boolean changed;

    Treatment(boolean bypassed, boolean changed) {
        this.bypassed = bypassed;
        this.changed = changed;
    }

    /** Whether the frame passes dry. */
    public boolean isBypassed() {
        return bypassed;
    }

    /** Whether the stream's frame before was treated otherwise. */
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
