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
 * A voice of a speech engine, an entry of {@code voices.json}. Immutable.
 *
 * @param name label of the voice, also used in file names
 * @param engine synthesiser
 * @param debianPackage package that contains the voice
 * @param voice name of the voice in the engine
 * @param language code of the texts, as in {@code SpeechTexts}
 * @param charset encoding of the text that the engine expects
 * @param minutes approximate amount of speech
 */
public record SyntheticVoice(
        String name,
        SpeechEngine engine,
        String debianPackage,
        String voice,
        String language,
        String charset,
        double minutes) {

    private static final int MIN_PITCH = 30;
    private static final int PITCH_RANGE = 45;
    private static final int MIN_WORDS_PER_MINUTE = 130;
    private static final int WORDS_PER_MINUTE_RANGE = 55;

    /** Returns the voices of the corpus that the published models are trained on. */
    public static List<SyntheticVoice> published() throws IOException {
        try (InputStream json = SyntheticVoice.class.getResourceAsStream("voices.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        }
    }

    Charset textCharset() {
        return Charset.forName(charset);
    }

    /** Returns a pitch from 0 to 100, derived from the name, for engines with an adjustable pitch. */
    int pitch() {
        return MIN_PITCH + Math.floorMod(name.hashCode(), PITCH_RANGE);
    }

    /** Returns a speaking rate, derived from the name, for engines with an adjustable rate. */
    int wordsPerMinute() {
        return MIN_WORDS_PER_MINUTE + Math.floorMod(name.hashCode() / PITCH_RANGE, WORDS_PER_MINUTE_RANGE);
    }
}
