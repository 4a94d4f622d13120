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
package io.clearline.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    private static final Path FOLDER = CommittedText.home().resolve("deploy/prometheus");
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void everyRuleReadsMetricsThatExist() throws IOException {
        for (JsonNode rule : rules()) {
            assertThat(MetricNames.in(rule.path("expr").asText()))
                    .as(rule.path("alert").asText())
                    .isSubsetOf(MetricNames.existing());
        }
    }

    @Test
    void everyRuleHasASeverityAndAnAction() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
        });
    }

    @Test
    void everyRuleHasACaseWhereItFiresAndOneWhereItDoesNot() throws IOException {
        List<String> firing = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (JsonNode each :
                YAML.readTree(FOLDER.resolve("alerts-test.yml").toFile()).path("tests")) {
            JsonNode test = each.at("/alert_rule_test/0");
            (test.path("exp_alerts").isEmpty() ? silent : firing)
                    .add(test.path("alertname").asText());
        }
        List<String> alerts =
                rules().stream().map(rule -> rule.path("alert").asText()).toList();
        assertThat(firing).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts);
    }

    /** Needs promtool. */
    @Test
    @Tag("tools")
    void prometheusAgreesWithEveryCase() throws Exception {
        Path log = Files.createTempFile("promtool", ".log");
        Process check = new ProcessBuilder(FOLDER.resolve("check").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(check.waitFor()).as(Files.readString(log)).isZero();
        Files.delete(log);
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        YAML.readTree(FOLDER.resolve("alerts.yml").toFile())
                .at("/groups/0/rules")
                .forEach(rules::add);
        return rules;
    }
}
