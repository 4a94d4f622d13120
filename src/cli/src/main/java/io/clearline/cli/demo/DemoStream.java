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
 * One noisy stream of the demo.
 *
 * @param clean the speech as it is in the mixture: same gain, same coding, aligned with it; the reference of every
 *     score
 * @param noisy the mixture as a listener of the raw topic decodes it
 * @param snrDb at which the noise was added
 */
public record DemoStream(
        String id,
        String language,
        String noise,
        double snrDb,
        AudioEncoding encoding,
        AudioClip clean,
        AudioClip noisy) {}
