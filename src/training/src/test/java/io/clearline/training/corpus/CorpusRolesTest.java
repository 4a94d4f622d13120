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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every speaker and every noise has exactly one role. */
class CorpusRolesTest {
    @Test
    void aManifestThatMixesRolesIsRefused() {
        List<CorpusManifest.Recording> recordings = List.of(
                recording("a.wav", Role.TRAIN, Kind.SPEECH, "anna"),
                recording("b.wav", Role.TRAIN, Kind.SPEECH, "anna"),
                recording("c.wav", Role.TEST, Kind.SPEECH, "anna"));

        assertThatThrownBy(() -> new CorpusManifest(List.of(), recordings, List.of()))
                .hasMessageContaining("package anna is for TRAIN and, with c.wav, for TEST");
    }

    @Test
    void aManifestOnDiskThatMixesRolesIsRefused(@TempDir Path corpus) throws Exception {
        new CorpusManifest(
                        List.of(),
                        List.of(
                                recording("a.wav", Role.TRAIN, Kind.NOISE, "rain"),
                                recording("b.wav", Role.DEVELOPMENT, Kind.NOISE, "wind")),
                        List.of())
                .write(corpus);
        Path file = corpus.resolve("manifest.json");
        Files.writeString(file, Files.readString(file).replace("wind", "rain"));

        assertThatThrownBy(() -> CorpusManifest.read(corpus))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("package rain is for TRAIN and, with b.wav, for DEVELOPMENT");
    }

    @Test
    void noPackageOfTheCorpusHasTwoRoles() throws Exception {
        Map<String, Set<Role>> roles = new HashMap<>();
        for (CorpusPackage each : CorpusPackage.published()) {
            roles.computeIfAbsent(each.name(), name -> EnumSet.noneOf(Role.class))
                    .add(each.role());
        }

        assertThat(roles)
                .isNotEmpty()
                .allSatisfy((name, found) -> assertThat(found).as(name).hasSize(1));
    }

    @Test
    void theCorpusHasSpeechAndNoiseForEveryRole() throws Exception {
        Set<String> found = new HashSet<>();
        for (CorpusPackage each : CorpusPackage.published()) {
            found.add(each.role() + " " + each.kind());
        }

        assertThat(found).hasSize(Role.values().length * Kind.values().length);
    }

    @Test
    void developmentAndTestHaveEightNoisePackagesEach() throws Exception {
        for (Role role : List.of(Role.DEVELOPMENT, Role.TEST)) {
            assertThat(CorpusPackage.published().stream()
                            .filter(each -> each.role() == role && each.kind() == Kind.NOISE)
                            .map(CorpusPackage::name)
                            .distinct())
                    .as(role.name())
                    .hasSizeGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void whatAnIndependentTestKeepsIsRefused() {
        assertThatThrownBy(
                        () -> new CorpusPackage("fillets-ng-data-nl", Role.TRAIN, Kind.SPEECH, ".*", null, null, null))
                .hasMessageContaining("kept for an independent test");
    }

    @Test
    void theFirstCapturingGroupThatMatchesNamesTheVoice() {
        CorpusPackage fish =
                new CorpusPackage("fish", Role.TRAIN, Kind.SPEECH, ".*", null, ".*-([mv])-.*|.*/(other\\d)/.*", null);

        assertThat(fish.groupOf("/a/x-m-1.ogg")).isEqualTo("fish:m");
        assertThat(fish.groupOf("/other2/x.ogg")).isEqualTo("fish:other2");
        assertThat(fish.groupOf("/a/x.ogg")).isEqualTo("fish");
    }

    @Test
    void fortyVoicesAndMoreSpeakInManyLanguagesEachUnderANameOfItsOwn() throws Exception {
        List<SyntheticVoice> voices = SyntheticVoice.published();

        assertThat(voices.stream().map(SyntheticVoice::name).distinct()).hasSize(voices.size());
        assertThat(voices).hasSizeGreaterThan(40);
        assertThat(voices.stream().map(SyntheticVoice::language).distinct())
                .contains("en", "it", "es", "de", "fr", "nl")
                .hasSizeGreaterThan(20);
    }

    private static CorpusManifest.Recording recording(String path, Role role, Kind kind, String group) {
        return new CorpusManifest.Recording(path, role, kind, group, 1, false);
    }
}
