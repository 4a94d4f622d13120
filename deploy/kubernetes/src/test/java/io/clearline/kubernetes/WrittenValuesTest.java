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

import com.fasterxml.jackson.databind.JsonNode;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of values as people write them: those of {@code test/values/written.yaml}. */
class WrittenValuesTest {
    private static final String SET = "written";
    private static final Pattern OBJECT_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern DEPLOYMENT_NAME = Pattern.compile("[a-z]([-a-z0-9]{0,43}[a-z0-9])?");
    private static final Pattern EXPONENT = Pattern.compile("-?[0-9.]+e[+-]?[0-9]+");

    private JsonNode configuration;

    static List<String> sets() throws IOException {
        return RenderedObjects.sets();
    }

    @BeforeEach
    void read() throws IOException {
        configuration = RenderedObjects.of(SET, "FlinkDeployment").get(0).at("/spec/flinkConfiguration");
    }

    @Test
    void wholeNumbersKeepTheirDigits() {
        assertThat(text("clearline.dead-letter.max-size")).isEqualTo("1048576");
        assertThat(text("clearline.comfort-noise-db")).isEqualTo("-70");
        assertThat(text("akka.ask.limit")).isEqualTo("10000000");
        assertThat(text("taskmanager.network.memory.max")).isEqualTo("2147483648");
        assertThat(text("large")).isEqualTo("9223372036854775807");
        assertThat(text("taskmanager.numberOfTaskSlots")).isEqualTo("1000000");
        assertThat(text("slotmanager.number-of-slots.min")).isEqualTo("1000000");
        assertThat(text("slotmanager.number-of-slots.max")).isEqualTo("3000000");
        assertThat(text("metrics.reporter.prom.port")).isEqualTo("65535");
    }

    @Test
    void fractionsStayFractions() {
        assertThat(text("clearline.strength.wet")).isEqualTo("0.9");
        assertThat(text("taskmanager.memory.jvm-overhead.fraction")).isEqualTo("0.00001");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void noTextOfFlinksConfigurationIsAnExponentOrAnythingOfGo(String set) throws IOException {
        JsonNode rendered = RenderedObjects.of(set, "FlinkDeployment").get(0).at("/spec/flinkConfiguration");
        assertThat(rendered.properties()).allSatisfy(option -> {
            assertThat(option.getValue().isTextual()).as(option.getKey()).isTrue();
            assertThat(option.getValue().asText())
                    .as(option.getKey())
                    .doesNotMatch(EXPONENT)
                    .doesNotContain("map[", "<nil>");
        });
    }

    @Test
    void numbersInTheObjectsAreIntegers() throws IOException {
        JsonNode deployment = RenderedObjects.of(SET, "FlinkDeployment").get(0);
        assertInteger(deployment.at("/spec/job/parallelism"), 2_000_000);
        assertInteger(deployment.at("/spec/jobManager/replicas"), 1_000_000);
        assertInteger(deployment.at("/spec/taskManager/podTemplate/spec/tolerations/0/tolerationSeconds"), 31_536_000);
        JsonNode budget = RenderedObjects.of(SET, "PodDisruptionBudget").get(0);
        assertInteger(budget.at("/spec/maxUnavailable"), 1_000_000);
        for (JsonNode topic : RenderedObjects.of(SET, "KafkaTopic")) {
            assertThat(topic.at("/spec/partitions").isInt()).isTrue();
        }
    }

    @Test
    void nestedNamesBecomeFlatOnes() {
        assertThat(text("clearline.batch.width")).isEqualTo("64");
        assertThat(text("clearline.batch.linger")).isEqualTo("2 ms");
        assertThat(configuration.has("taskmanager")).isFalse();
        assertThat(configuration.has("nothing")).isFalse();
    }

    @Test
    void aNullRemovesWhatTheChartSetsAndIsNeverAText() {
        assertThat(configuration.has("clearline.wire.registry")).isFalse();
        assertThat(configuration.has("execution.checkpointing.num-retained")).isFalse();
        assertThat(configuration.has("heartbeat.timeout")).isFalse();
        assertThat(configuration.has("heartbeat.interval")).isTrue();
    }

    @Test
    void flinkReadsTheItemsOfAListAsTheyWereWritten() {
        assertThat(list("clearline.models.channels")).containsExactly("live", "night;shift", "king's");
        assertThat(list("classloader.parent-first-patterns.additional")).containsExactly("org.acme.", "1048576", "0.5");
    }

    @Test
    void namesThatLookLikeNumbersOrTruthValuesStayTexts() throws IOException {
        JsonNode spec = RenderedObjects.of(SET, "FlinkDeployment").get(0).path("spec");
        List<JsonNode> names = new ArrayList<>();
        names.add(spec.path("serviceAccount"));
        names.add(spec.at("/podTemplate/spec/imagePullSecrets/0/name"));
        names.add(RenderedObjects.of(SET, "PersistentVolumeClaim").get(0).at("/spec/storageClassName"));
        for (JsonNode topic : RenderedObjects.of(SET, "KafkaTopic")) {
            names.add(topic.at("/metadata/labels").path("strimzi.io/cluster"));
        }
        for (JsonNode acl : RenderedObjects.of(SET, "KafkaUser").get(0).at("/spec/authorization/acls")) {
            names.add(acl.at("/resource/name"));
        }
        assertThat(names).allMatch(JsonNode::isTextual);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyObjectHasANameThatKubernetesAndTheOperatorTake(String set) throws IOException {
        for (JsonNode object : RenderedObjects.of(set)) {
            JsonNode name = object.at("/metadata/name");
            assertThat(name.isTextual()).isTrue();
            assertThat(name.asText())
                    .matches(object.path("kind").asText().equals("FlinkDeployment") ? DEPLOYMENT_NAME : OBJECT_NAME);
        }
    }

    @Test
    void topicsOfAPrefixWithCapitalsHaveTheirOwnNamesInKafka() throws IOException {
        List<JsonNode> objects = RenderedObjects.of(SET, "KafkaTopic");
        Set<String> inKafka = objects.stream()
                .map(topic -> topic.at("/spec/topicName").asText())
                .collect(Collectors.toSet());
        assertThat(inKafka).containsExactlyInAnyOrderElementsOf(new Topics("My_Prefix").all());
        assertThat(objects)
                .extracting(topic -> topic.at("/metadata/name").asText())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void noTopicAsksForMoreReplicasInSyncThanItHas(String set) throws IOException {
        for (JsonNode topic : RenderedObjects.of(set, "KafkaTopic")) {
            int inSync = topic.at("/spec/config").path("min.insync.replicas").asInt();
            assertThat(inSync).isBetween(1, topic.at("/spec/replicas").asInt());
        }
    }

    private String text(String option) {
        assertThat(configuration.path(option).isTextual()).as(option).isTrue();
        return configuration.path(option).asText();
    }

    /** As Flink itself reads it. */
    private List<String> list(String name) {
        ConfigOption<List<String>> option =
                ConfigOptions.key(name).stringType().asList().noDefaultValue();
        return Configuration.fromMap(Map.of(name, text(name))).get(option);
    }

    private static void assertInteger(JsonNode node, int expected) {
        assertThat(node.isInt()).as(node.toString()).isTrue();
        assertThat(node.asInt()).isEqualTo(expected);
    }
}
