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
package io.clearline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Checks {@code deploy/compose.yaml} with its anchors resolved, as Compose reads it. */
class ComposeTest {
    private static final Path FOLDER = CommittedText.home().resolve("deploy");
    private static final String OWN_OPTION = "clearline.";

    private final Map<String, Map<String, Object>> services = services();

    @SuppressWarnings("unchecked") // The structure of a Compose file.
    private static Map<String, Map<String, Object>> services() {
        try (InputStream in = Files.newInputStream(FOLDER.resolve("compose.yaml"))) {
            Map<String, Object> compose = new Yaml().load(in);
            return (Map<String, Map<String, Object>>) compose.get("services");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyCommandIsUnderstoodByTheCommandLine() {
        List<Map<String, Object>> commands =
                services.values().stream().filter(ComposeTest::isCommandLine).toList();
        assertThat(commands).hasSize(2).allSatisfy(service -> {
            ClearlineCommand command = new ClearlineCommand(false, strings(service, "command"));
            assertThat(command.error()).as("%s", command).isEmpty();
        });
    }

    @Test
    void everyOptionOfTheJobExists() {
        assertThat(services.values().stream().flatMap(ComposeTest::flinkOptions))
                .filteredOn(name -> name.startsWith(OWN_OPTION))
                .isNotEmpty()
                .isSubsetOf(OptionNames.all());
    }

    @Test
    void everyFileThatAServiceMountsIsThere() {
        assertThat(services.values().stream()
                        .flatMap(service -> strings(service, "volumes").stream())
                        .filter(volume -> volume.startsWith("./"))
                        .map(volume -> FOLDER.resolve(volume.split(":")[0])))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void clearlineRunsOnAReadOnlyRoot() {
        assertThat(services.values().stream().filter(service -> isCommandLine(service) || isJob(service)))
                .hasSize(4)
                .allSatisfy(service -> assertThat(service).containsEntry("read_only", true));
    }

    private static boolean isCommandLine(Map<String, Object> service) {
        return service.get("image").equals("${CLEARLINE_IMAGE:-clearline}");
    }

    private static boolean isJob(Map<String, Object> service) {
        return service.get("image").equals("${CLEARLINE_JOB_IMAGE:-clearline-job}");
    }

    private static Stream<String> flinkOptions(Map<String, Object> service) {
        if (!(service.get("environment") instanceof Map<?, ?> environment)
                || !environment.containsKey("FLINK_PROPERTIES")) {
            return Stream.empty();
        }
        return environment.get("FLINK_PROPERTIES").toString().lines().map(line -> line.split(":")[0]);
    }

    private static List<String> strings(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }
}
