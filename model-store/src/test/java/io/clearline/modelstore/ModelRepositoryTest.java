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
package io.clearline.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clearline.dsp.Sha256;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRepositoryTest {

    @TempDir
    private Path folder;

    private Path root;
    private ModelRepository repository;

    @BeforeEach
    void anEmptyRepository() {
        root = folder.resolve("models");
        repository = new ModelRepository(root);
    }

    @Test
    void aPublishedModelLoadsByItsVersionAndByItsName() throws Exception {
        EnhancementModel model = Models.gram("live-16k", "1");
        repository.publish(model, Models.provenance());

        assertThat(repository.load("live-16k@1"))
                .usingRecursiveComparison(Models.toTheBit())
                .isEqualTo(model);
        assertThat(repository.load("live-16k").id()).isEqualTo(new ModelId("live-16k", "1"));
        assertThat(repository.card("live-16k").provenance()).isEqualTo(Models.provenance());
        assertThat(root.resolve("live-16k/1/model.safetensors")).exists();
        assertThat(root.resolve("live-16k/1/card.json")).exists();
    }

    @Test
    void aNameMeansItsNewestVersionByNumber() throws Exception {
        for (String version : List.of("9", "10", "2")) {
            publish("live-16k", version);
        }

        assertThat(repository.load("live-16k").id().version()).isEqualTo("10");
        assertThat(repository.list()).hasToString("[live-16k@2, live-16k@9, live-16k@10]");
        assertThat(repository.nextVersion("live-16k")).isEqualTo("11");
        assertThat(repository.nextVersion("new")).isEqualTo("1");
    }

    @Test
    void aChannelMovesFromVersionToVersion() throws Exception {
        publish("live-16k", "1");
        repository.promote("live-16k@1", "live");
        publish("live-16k", "2");
        assertThat(repository.load("live").id().version()).isEqualTo("1");

        repository.promote("live-16k", "candidate");
        repository.promote("candidate", "live");

        assertThat(repository.load("live").id().version()).isEqualTo("2");
        assertThat(repository.channels()).hasToString("{candidate=[live-16k@2], live=[live-16k@2]}");
    }

    @Test
    void aChannelHasAModelForEachSampleRate() throws Exception {
        EnhancementModel wide = Models.gram("live-16k", "1");
        repository.publish(
                new EnhancementModel(
                        new ModelId("live-8k", "1"),
                        8_000,
                        wide.stft(),
                        wide.features(),
                        wide.network(),
                        wide.calibration()),
                Provenance.unknown());
        publish("live-16k", "1");
        publish("live-16k", "2");
        repository.promote("live-8k@1", "live");
        repository.promote("live-16k@1", "live");
        repository.promote("live-16k@2", "live");

        assertThat(repository.resolveAll("live")).hasToString("[live-16k@2, live-8k@1]");
        assertThat(repository.load("live").id()).isEqualTo(new ModelId("live-16k", "2"));
        assertThat(repository.resolveAll("live-8k")).hasToString("[live-8k@1]");
    }

    @Test
    void aChannelWithOneModelIsWrittenAsPlainText() throws Exception {
        publish("live-16k", "1");
        repository.promote("live-16k@1", "live");
        assertThat(root.resolve("channels.json")).content().isEqualToIgnoringWhitespace("{\"live\": \"live-16k@1\"}");
    }

    @Test
    void aChannelWithoutAModelIsRefused() throws Exception {
        publish("live-16k", "1");
        Files.writeString(root.resolve("channels.json"), "{\"live\": []}");
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> repository.load("live"))
                .withMessageContaining("channel live: expected a model, found none");
    }

    @Test
    void aPublishedVersionNeverChanges() throws Exception {
        repository.publish(Models.gram("live-16k", "1"), Provenance.unknown());
        Map<String, String> before = contents();

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> repository.publish(Models.deepNmf("live-16k", "1"), Provenance.unknown()))
                .withMessageContaining("publish under the next version");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void anUnknownNameIsReportedWithTheExistingNames() throws Exception {
        publish("live-16k", "1");
        repository.promote("live-16k@1", "live");

        for (String unknown : List.of("liev", "live-16k@7", "other@1")) {
            assertThatExceptionOfType(ModelNotFoundException.class)
                    .isThrownBy(() -> repository.load(unknown))
                    .withMessageContaining("\"" + unknown + "\"")
                    .withMessageContaining("channels: {live=[live-16k@1]}, models: [live-16k@1]");
        }
    }

    @Test
    void anEmptyRepositorySaysSo() throws Exception {
        assertThat(repository.list()).isEmpty();
        assertThat(repository.channels()).isEmpty();
        assertThatExceptionOfType(ModelNotFoundException.class)
                .isThrownBy(() -> repository.load("live"))
                .withMessageContaining("models: []");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../secret", "a/b", "a\\b", "/etc", ".hidden", "", "UPPER", "a\0b", "a@b@c", "live@../1"})
    void aNameThatEscapesTheRepositoryIsRefusedEverywhere(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> repository.load(name));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.card(name));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.nextVersion(name));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.promote("x@1", name));
        if (!name.isBlank()) {
            assertThatIllegalArgumentException().isThrownBy(() -> publish(name, "1"));
            assertThatIllegalArgumentException().isThrownBy(() -> publish("model", name));
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void aModelAndAChannelCannotShareAName() throws Exception {
        publish("live-16k", "1");
        repository.promote("live-16k@1", "live");

        assertThatIllegalArgumentException().isThrownBy(() -> publish("live", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> repository.promote("live-16k@1", "live-16k"));
    }

    @Test
    void aModelThatCannotRunIsNotPromoted() throws Exception {
        publish("live-16k", "1");
        publish("live-16k", "2");
        repository.promote("live-16k@1", "live");
        Path weights = root.resolve("live-16k/2/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> repository.promote("live-16k@2", "live"))
                .withMessageContaining(weights.toString());

        assertThat(repository.resolve("live").version()).isEqualTo("1");
    }

    @Test
    void aRenamedVersionIsRefused() throws Exception {
        publish("live-16k", "1");
        Files.move(root.resolve("live-16k/1"), root.resolve("live-16k/2"));

        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> repository.load("live-16k@2"))
                .withMessageContaining("expected the card of live-16k@2, found that of live-16k@1");
    }

    @Test
    void aFolderWithoutTheFilesNamesTheMissingOne() throws Exception {
        publish("live-16k", "1");
        Files.delete(root.resolve("live-16k/1/card.json"));

        for (String call : List.of("load", "card")) {
            assertThatExceptionOfType(ModelFormatException.class)
                    .isThrownBy(() -> {
                        if (call.equals("load")) {
                            repository.load("live-16k@1");
                        } else {
                            repository.card("live-16k@1");
                        }
                    })
                    .withMessageContaining("card.json: there is no such file");
        }
    }

    @Test
    void aDamagedChannelFileIsNamed() throws Exception {
        publish("live-16k", "1");
        for (String damaged : List.of("", "[]", "{\"live\": 3}", "{\"live\": \"../../etc@1\"}", "{\"live\": null}")) {
            Files.writeString(root.resolve("channels.json"), damaged);

            assertThatExceptionOfType(ModelFormatException.class)
                    .as(damaged)
                    .isThrownBy(() -> repository.load("live"))
                    .withMessageContaining("channels.json");
        }
    }

    @Test
    void aDamagedChannelFileIsReportedWithLineColumnAndChannelInPlainWords() throws Exception {
        Map<String, String> problems = Map.of(
                "{\n  \"live\": 3\n}", "line 2, column 11: channel live",
                "{\n  \"live\": {}\n}", "found an object",
                "[]", "line 1, column 1: expected an object, found a list",
                "", "expected a value, found nothing",
                "{\"live\": \"a@1\"", "line 1, column",
                "{\n\"live\": [true]}", "line 2, column 10: channel live: expected name@version, found \"true\"",
                "{} {}", "expected nothing after the end");
        Files.createDirectories(root);
        for (Map.Entry<String, String> each : problems.entrySet()) {
            Files.writeString(root.resolve("channels.json"), each.getKey());

            assertThatExceptionOfType(ModelFormatException.class)
                    .as(each.getKey())
                    .isThrownBy(repository::channels)
                    .withMessageContaining("channels.json: " + (each.getValue().startsWith("line") ? "line" : ""))
                    .withMessageContaining(each.getValue())
                    .withMessageNotContainingAny("Source:", "REDACTED", "FAIL_ON", "java.", "`", "JsonToken");
        }
    }

    @Test
    void aChannelThatPointsAtAMissingVersionIsNamedWithThatVersion() throws Exception {
        publish("live-16k", "1");
        Files.writeString(root.resolve("channels.json"), "{\"live\": \"nix@3\"}");

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> repository.load("live"), () -> repository.card("live"), () -> repository.resolveAll("live"))) {
            assertThatExceptionOfType(ModelNotFoundException.class)
                    .isThrownBy(call)
                    .withMessageContaining("channel \"live\"")
                    .withMessageContaining("points at nix@3, which does not exist")
                    .withMessageContaining("models: [live-16k@1]")
                    .withMessageNotContaining("no model or channel");
        }
    }

    @Test
    void promotingMendsAChannelThatPointsAtAMissingVersion() throws Exception {
        publish("live-16k", "1");
        Files.writeString(root.resolve("channels.json"), "{\"live\": \"nix@3\"}");

        repository.promote("live-16k@1", "live");

        assertThat(repository.resolveAll("live")).hasToString("[live-16k@1]");
    }

    @Test
    void aFolderThatIsNoVersionIsNeitherListedNorTheNewest() throws Exception {
        publish("live-16k", "1");
        Files.createDirectories(root.resolve("live-16k/junk"));
        Files.createDirectories(root.resolve("live-16k/7"));
        Files.writeString(root.resolve("live-16k/7/card.json"), "{}");
        Files.createDirectories(root.resolve("live-16k/lost+found"));

        assertThat(repository.list()).hasToString("[live-16k@1]");
        assertThat(repository.card("live-16k").version()).isEqualTo("1");
        assertThat(repository.load("live-16k").id().version()).isEqualTo("1");
        // A version must not be written into a folder that exists.
        assertThat(repository.nextVersion("live-16k")).isEqualTo("8");
    }

    @Test
    void aFolderThatIsNoVersionIsWarnedOfOnceByItsName() throws Exception {
        Path junk = Files.createDirectories(root.resolve("live-16k/junk"));
        Files.createDirectories(root.resolve("live-16k/.draft-of-a-crash"));
        List<String> warnings = new ArrayList<>();
        VersionFolders folders = new VersionFolders(root, warnings::add);

        assertThat(folders.versions("live-16k")).isEmpty();
        assertThat(folders.versions("live-16k")).isEmpty();

        assertThat(warnings)
                .containsExactly("The folder " + junk + " is no version of a model and is ignored: it has no card.json."
                        + " Delete it, or publish the version again.");
    }

    @Test
    void draftsAreRemovedAndNeverListed() throws Exception {
        publish("live-16k", "1");
        repository.promote("live-16k", "live");
        Files.createDirectories(root.resolve("live-16k/.draft-of-a-crash"));

        assertThat(repository.list()).hasToString("[live-16k@1]");
        assertThat(contents().keySet())
                .containsExactlyInAnyOrder("channels.json", "live-16k/1/model.safetensors", "live-16k/1/card.json");
    }

    private void publish(String name, String version) throws IOException {
        repository.publish(Models.gram(name, version), Provenance.unknown());
    }

    /** Returns each file with the checksum of its contents. */
    private Map<String, String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
            }
            return contents;
        }
    }
}
