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
package io.clearline.cli.demo;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;

/**
 * A noisy stream of the demo. Immutable.
 *
 * @param id the name of the stream in files and reports
 * @param language ISO 639-1 code of the language
 * @param noise name of the noise
 * @param snrDb signal-to-noise ratio of the mixture
 * @param encoding encoding of the frames
 * @param clean the speech in the mixture, with the same gain, coding and alignment; the reference of all scores
 * @param noisy the mixture, as a reader of the raw topic decodes it
 */
public record DemoStream(
        String id,
        String language,
        String noise,
        double snrDb,
        AudioEncoding encoding,
        AudioClip clean,
        AudioClip noisy) {}
