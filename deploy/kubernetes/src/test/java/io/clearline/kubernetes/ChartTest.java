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
package io.clearline.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over what helm rendered: {@code deploy/kubernetes/check} says whether it still renders the same. */
class ChartTest {
    private static final Path CRD = RenderedObjects.FOLDER.resolve("test/crd/flinkdeployments.flink.apache.org-v1.yml");
    private static final String DEPLOYMENT = "FlinkDeployment";
    private static final int PARTITIONS = 16;
    private static final short REPLICAS = 3;

    static Stream<String> sets() throws IOException {
        return RenderedObjects.sets().stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyObjectKeepsToTheSchemaOfItsKind(String set) throws IOException {
        StructuralSchema schema = StructuralSchema.of(CRD);
        for (JsonNode object : RenderedObjects.of(set)) {
            if (object.path("kind").asText().equals(DEPLOYMENT)) {
                assertThat(schema.errors(object)).as(set).isEmpty();
            } else {
                RenderedObjects.readStrictly(object);
            }
        }
    }

    @Test
    void aFieldOrVersionThatTheSchemaDoesNotKnowIsFound() throws IOException {
        ObjectNode deployment =
                (ObjectNode) RenderedObjects.of("minimal", DEPLOYMENT).get(0);
        ((ObjectNode) deployment.path("spec").path("job")).put("paralelism", 2).put("state", "asleep");
        deployment.put("apiVersion", "flink.apache.org/v1");
        assertThat(StructuralSchema.of(CRD).errors(deployment))
                .anyMatch(error -> error.startsWith("apiVersion: expected flink.apache.org/v1beta1"))
                .anyMatch(error -> error.startsWith("spec.job.paralelism: unknown field"))
                .anyMatch(error -> error.startsWith("spec.job.state: expected one of"));
        ObjectNode budget = (ObjectNode)
                RenderedObjects.of("minimal", "PodDisruptionBudget").get(0);
        ((ObjectNode) budget.path("spec")).put("maxUnavailble", 1);
        assertThatThrownBy(() -> RenderedObjects.readStrictly(budget)).hasMessageContaining("maxUnavailble");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void theDeploymentGoesOnFromItsStateAndRunsAsNobodySpecial(String set) throws IOException {
        JsonNode spec = RenderedObjects.of(set, DEPLOYMENT).get(0).path("spec");
        assertThat(spec.at("/flinkConfiguration/high-availability.type").asText())
                .isEqualTo("kubernetes");
        assertThat(spec.at("/flinkConfiguration/jobmanager.scheduler").asText()).isEqualTo("adaptive");
        assertThat(spec.at("/job/upgradeMode").asText()).isIn("last-state", "savepoint");
        assertThat(spec.at("/podTemplate/spec/securityContext/runAsNonRoot").asBoolean())
                .isTrue();
        assertThat(spec.at("/podTemplate/spec/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void everythingOfFlinksOwnConfigurationIsInTheDeployment() throws IOException {
        Map<String, String> flat = new HashMap<>();
        flatten(
                "",
                new YAMLMapper()
                        .readTree(RenderedObjects.FOLDER
                                .resolve("../flink/config.yaml")
                                .toFile()),
                flat);
        JsonNode rendered = RenderedObjects.of("minimal", DEPLOYMENT).get(0).at("/spec/flinkConfiguration");
        assertThat(flat.keySet())
                .allSatisfy(name -> assertThat(rendered.has(name)).as(name).isTrue());
    }

    @Test
    void theContainersConfigurationBeginsWithFlinksOwn() throws IOException {
        List<String> own = Files.readAllLines(RenderedObjects.FOLDER.resolve("../flink/config.yaml"));
        List<String> container = Files.readAllLines(RenderedObjects.FOLDER.resolve("../docker/job/config.yaml"));
        assertThat(container.subList(1, own.size())).isEqualTo(own.subList(1, own.size()));
    }

    @Test
    void strimzisTopicsAreThoseThatTheCommandLineMakes() throws IOException {
        Map<String, Map<String, String>> rendered = new HashMap<>();
        for (JsonNode topic : RenderedObjects.of("secured", "KafkaTopic")) {
            Map<String, String> config = new HashMap<>();
            flatten("", topic.at("/spec/config"), config);
            config.remove("min.insync.replicas");
            config.put("partitions", topic.at("/spec/partitions").asText());
            rendered.put(topic.at("/spec/topicName").asText(), config);
        }
        Map<String, Map<String, String>> made = new HashMap<>();
        for (NewTopic topic : KafkaTopics.of(Topics.DEFAULT, PARTITIONS, REPLICAS)) {
            Map<String, String> config = new HashMap<>(topic.configs() == null ? Map.of() : topic.configs());
            config.put("partitions", Integer.toString(topic.numPartitions()));
            made.put(topic.name(), config);
        }
        assertThat(rendered).isEqualTo(made);
    }

    @Test
    void strimzisUsersHaveTheRightsThatTheJobAndGatewaysNeed() throws IOException {
        List<JsonNode> users = RenderedObjects.of("secured", "KafkaUser");
        assertThat(rights(users.get(0))).isEqualTo(rights(KafkaAcls.ofJob("User:any", Topics.DEFAULT, "clearline")));
        assertThat(rights(users.get(1))).isEqualTo(rights(KafkaAcls.ofGateway("User:any", Topics.DEFAULT)));
    }

    /** Needs helm. */
    @Test
    @Tag("tools")
    void helmStillRendersTheSame() throws Exception {
        Path log = Files.createTempFile("chart", ".log");
        Process check = new ProcessBuilder(
                        RenderedObjects.FOLDER.resolve("check").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(check.waitFor()).as(Files.readString(log)).isZero();
        Files.delete(log);
    }

    private static Set<String> rights(JsonNode user) {
        Set<String> rights = new HashSet<>();
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            String pattern = resource.path("patternType").asText().equals("prefix") ? "prefixed" : "literal";
            acl.path("operations")
                    .forEach(operation -> rights.add(right(
                            resource.path("type").asText(),
                            resource.path("name").asText(),
                            pattern,
                            operation.asText())));
        }
        return rights;
    }

    private static Set<String> rights(List<AclBinding> bindings) {
        return bindings.stream()
                .map(binding -> right(
                        binding.pattern().resourceType().name().replace("_", ""),
                        binding.pattern().name(),
                        binding.pattern().patternType().name(),
                        binding.entry().operation().name()))
                .collect(Collectors.toSet());
    }

    private static String right(String type, String name, String pattern, String operation) {
        return (operation + " " + pattern + " " + type).toLowerCase(Locale.ROOT) + " " + name;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                flatten(prefix + field.getKey() + ".", field.getValue(), flat);
            } else {
                flat.put(prefix + field.getKey(), field.getValue().asText());
            }
        });
    }
}
