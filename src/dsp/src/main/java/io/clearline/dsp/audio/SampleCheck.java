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
package io.clearline.dsp.audio;

import java.util.List;

/**
 * Checks that the float samples of a file are finite. Rejects NaN and infinity, or replaces them by 0 in salvage mode.
 * Thread-confined.
 */
final class SampleCheck {
    private final boolean salvage;
    private final List<String> warnings;
    private long samplesBefore;
    private boolean warned;

    SampleCheck(boolean salvage, List<String> warnings) {
        this.salvage = salvage;
        this.warnings = warnings;
    }

    /** Checks the next {@code count} interleaved samples of the file. */
    void check(float[] samples, int count, int channels) throws BadAudioException {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(samples[i])) {
                found(samples, i, channels);
            }
        }
        samplesBefore += count;
    }

    private void found(float[] samples, int at, int channels) throws BadAudioException {
        long sample = samplesBefore + at;
        String what = "its sample " + sample / channels + (channels > 1 ? " of channel " + (sample % channels + 1) : "")
                + " is " + samples[at] + ", which is no sound";
        if (!salvage) {
            throw new BadAudioException(what);
        }
        samples[at] = 0;
        if (!warned) {
            warned = true;
            warnings.add(what + "; it and others like it were read as 0");
        }
    }
}
