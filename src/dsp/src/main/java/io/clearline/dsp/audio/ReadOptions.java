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
 * Options for reading audio. Immutable.
 *
 * @param salvage whether to read the undamaged parts of a damaged file, with a warning, instead of rejecting it
 * @param raw the format of audio without a header; null to expect a header
 * @param ffmpeg whether {@code ffmpeg} may decode formats that this package does not support
 */
public record ReadOptions(boolean salvage, RawFormat raw, boolean ffmpeg) {
    /** Rejects damaged files, expects a header, and uses {@code ffmpeg} if it is installed. */
    public static final ReadOptions DEFAULT = new ReadOptions(false, null, true);

    /** Returns these options with salvage mode. */
    public ReadOptions salvaging() {
        return new ReadOptions(true, raw, ffmpeg);
    }

    /** Returns these options without {@code ffmpeg}. */
    public ReadOptions alone() {
        return new ReadOptions(salvage, raw, false);
    }
}
