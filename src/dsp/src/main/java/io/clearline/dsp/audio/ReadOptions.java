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

/**
 * How files are read.
 *
 * @param salvage reads what is whole of a damaged file, with a warning, instead of refusing it
 * @param raw what sound without a header is like; null: every file has a header
 * @param ffmpeg whether the {@code ffmpeg} program may be asked for what no reader here knows
 */
public record ReadOptions(boolean salvage, RawFormat raw, boolean ffmpeg) {
    /** Damaged files are refused; {@code ffmpeg} is asked where it is installed. */
    public static final ReadOptions DEFAULT = new ReadOptions(false, null, true);

    /** The same, reading what is whole of a damaged file. */
    public ReadOptions salvaging() {
        return new ReadOptions(true, raw, ffmpeg);
    }

    /** The same, without asking another program. */
    public ReadOptions alone() {
        return new ReadOptions(salvage, raw, false);
    }
}
