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
package io.clearline.cli.audio;

import io.clearline.dsp.audio.ReadOptions;
import io.clearline.dsp.audio.SampleFormat;
import io.clearline.job.stream.StreamRules;
import io.clearline.schemas.AudioEncoding;

/**
 * How every file of a run is enhanced.
 *
 * @param format of the results' samples; null: as the file's
 * @param downmix whether the channels become their mean before they are enhanced
 * @param encoding the wire's coding that the sound passes on the way in and out; null: none
 */
public record EnhanceSettings(
        ReadOptions reading, SampleFormat format, boolean downmix, AudioEncoding encoding, StreamRules rules) {}
