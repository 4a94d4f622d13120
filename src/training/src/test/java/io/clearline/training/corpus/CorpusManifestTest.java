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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.training.corpus.CorpusManifest.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorpusManifestTest {
    private static final CorpusManifest CORPUS = new CorpusManifest(
            List.of(),
            List.of(
                    recording("old-game:captain", Role.TRAIN, Kind.SPEECH),
                    recording("old-game:cook", Role.TRAIN, Kind.SPEECH),
                    recording("old-game", Role.TRAIN, Kind.NOISE),
                    recording("prompts", Role.TRAIN, Kind.SPEECH),
                    recording("words:fr", Role.DEVELOPMENT, Kind.SPEECH)),
            List.of());

    @Test
    void aSpeakerIsLeftOutByItsGroup() throws Exception {
        assertThat(voices(CORPUS.withoutVoices(Set.of("old-game:cook"))))
                .containsExactly("old-game:captain", "prompts");
    }

    @Test
    void allSpeakersOfAPackageAreLeftOutByItsNameAndItsNoiseStays() throws Exception {
        CorpusManifest rest = CORPUS.withoutVoices(Set.of("old-game"));
        assertThat(voices(rest)).containsExactly("prompts");
        assertThat(rest.recordings(Role.TRAIN, Kind.NOISE)).hasSize(1);
    }

    @Test
    void aVoiceOfAnotherRoleOrOfNoneIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> CORPUS.withoutVoices(Set.of("prompts", "words:fr", "prompt")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mixing.withoutVoices")
                .hasMessageContaining("[prompt, words:fr]");
    }

    private static List<String> voices(CorpusManifest corpus) {
        return corpus.recordings(Role.TRAIN, Kind.SPEECH).stream()
                .map(Recording::group)
                .toList();
    }

    private static Recording recording(String group, Role role, Kind kind) {
        return new Recording(group + kind + ".wav", role, kind, group, 1, false);
    }
}
