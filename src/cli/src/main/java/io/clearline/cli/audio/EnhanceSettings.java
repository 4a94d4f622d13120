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
 * The settings for all files of a run. Immutable.
 *
 * @param reading how the files are read
 * @param format sample format of the results; null for that of the file
 * @param container container of results whose path names none, "wav" or "flac"; null for that of the file
 * @param downmix whether the channels are mixed to their mean before enhancement
 * @param encoding encoding of a stream that is applied to input and output, as if the audio were sent over Kafka; null
 *     for none
 * @param rules limits and options of the enhancement
 */
public record EnhanceSettings(
        ReadOptions reading,
        SampleFormat format,
        String container,
        boolean downmix,
        AudioEncoding encoding,
        StreamRules rules) {}
