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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Renders the alerts and their remedies as Markdown, from the Prometheus rules. Stateless. */
final class AlertGuide {
    private AlertGuide() {}

    /** Returns a section for each rule of {@code deploy/prometheus/alerts.yml}, in the order of the file. */
    static String markdown(Path home) throws IOException {
        JsonNode rules = new YAMLMapper()
                .readTree(home.resolve("deploy/prometheus/alerts.yml").toFile());
        StringBuilder text = new StringBuilder();
        for (JsonNode group : rules.get("groups")) {
            group.get("rules").forEach(rule -> describe(rule, text));
        }
        return text.toString();
    }

    private static void describe(JsonNode rule, StringBuilder text) {
        JsonNode annotations = rule.get("annotations");
        text.append("## ").append(rule.get("alert").asText()).append("\n\n");
        text.append("Severity: ")
                .append(rule.get("labels").get("severity").asText())
                .append(". ");
        text.append("Message: `").append(annotations.get("summary").asText()).append("`\n\n");
        text.append("**What to do.** ")
                .append(annotations.get("action").asText())
                .append("\n\n");
        text.append("```text\n").append(rule.get("expr").asText().strip()).append('\n');
        if (rule.has("for")) {
            text.append("for ").append(rule.get("for").asText()).append('\n');
        }
        text.append("```\n\n");
    }
}
