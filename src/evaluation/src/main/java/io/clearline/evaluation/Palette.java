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
package io.clearline.evaluation;

/**
 * A colour map from black through violet and red to light yellow. It is perceptually uniform, and readable in grey
 * scale and with colour blindness. Stateless.
 */
final class Palette {
    /** Evenly spaced samples of the colour map "magma" of matplotlib. */
    private static final int[] STOPS = {
        0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d, 0xfecf92, 0xfcfdbf
    };

    private Palette() {}

    /** Returns the colour of a level as 0xRRGGBB. The level is clamped to 0 and 1. */
    static int rgb(double level) {
        double position = Math.max(0, Math.min(1, level)) * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) position);
        double share = position - stop;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = STOPS[stop] >> shift & 0xff;
            int high = STOPS[stop + 1] >> shift & 0xff;
            rgb |= (int) Math.round(low + share * (high - low)) << shift;
        }
        return rgb;
    }
}
