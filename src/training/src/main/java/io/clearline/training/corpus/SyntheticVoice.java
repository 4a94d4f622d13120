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
package io.clearline.training.corpus;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * A voice of a speech engine.
 *
 * @param name in file names and as the voice's label
 * @param engine what speaks
 * @param debianPackage where the voice comes from
 * @param voice the engine's name of it
 * @param language of the texts, as the packages they come from name it
 * @param charset of the text that the engine takes
 * @param minutes about how much it says
 */
public record SyntheticVoice(
        String name,
        SpeechEngine engine,
        String debianPackage,
        String voice,
        String language,
        String charset,
        double minutes) {

    private static final int LOWEST_PITCH = 30;
    private static final int PITCHES = 45;
    private static final int SLOWEST = 130;
    private static final int SPEEDS = 55;

    /** The voices of the corpus that the published models learn from. */
    public static List<SyntheticVoice> published() throws IOException {
        try (InputStream json = SyntheticVoice.class.getResourceAsStream("voices.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        }
    }

    Charset textCharset() {
        return Charset.forName(charset);
    }

    /** Of 100, for engines that take a pitch: one for each name, always the same. */
    int pitch() {
        return LOWEST_PITCH + Math.floorMod(name.hashCode(), PITCHES);
    }

    /** For engines that take a speed: one for each name, always the same. */
    int wordsPerMinute() {
        return SLOWEST + Math.floorMod(name.hashCode() / PITCHES, SPEEDS);
    }
}
