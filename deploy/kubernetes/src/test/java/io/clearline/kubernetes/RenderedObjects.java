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

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the chart made of the sets of values, as {@code deploy/kubernetes/check} keeps it. */
final class RenderedObjects {
    static final Path FOLDER = CommittedText.home().resolve("deploy/kubernetes");

    /** Classes by their names: their annotations are none that this module could compile against. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("v1/ServiceAccount", "io.fabric8.kubernetes.api.model.ServiceAccount"),
            Map.entry("v1/ConfigMap", "io.fabric8.kubernetes.api.model.ConfigMap"),
            Map.entry("v1/PersistentVolumeClaim", "io.fabric8.kubernetes.api.model.PersistentVolumeClaim"),
            Map.entry("rbac.authorization.k8s.io/v1/Role", "io.fabric8.kubernetes.api.model.rbac.Role"),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", "io.fabric8.kubernetes.api.model.rbac.RoleBinding"),
            Map.entry("policy/v1/PodDisruptionBudget", "io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget"),
            Map.entry(
                    "networking.k8s.io/v1/NetworkPolicy",
                    "io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy"),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", "io.fabric8.openshift.api.model.monitoring.v1.PodMonitor"),
            Map.entry(
                    "monitoring.coreos.com/v1/PrometheusRule",
                    "io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule"),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic"),
            Map.entry("kafka.strimzi.io/v1beta2/KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser"));

    /** The classes of Kubernetes would take any field; here an unknown one is an error. */
    private static final YAMLMapper STRICT = YAMLMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RenderedObjects() {}

    /** Names of the sets of values. */
    static List<String> sets() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("test/values"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    /** Every object of a set. */
    static List<JsonNode> of(String set) throws IOException {
        Path golden = FOLDER.resolve("test/golden").resolve(set + ".yaml");
        return new YAMLMapper()
                .readerFor(JsonNode.class).<JsonNode>readValues(golden.toFile()).readAll().stream()
                        .filter(JsonNode::isObject)
                        .toList();
    }

    /** Those of a kind. */
    static List<JsonNode> of(String set, String kind) throws IOException {
        return of(set).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** Kind and version as one text. */
    static String kindOf(JsonNode object) {
        return object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    }

    /**
     * Reads an object as its kind.
     *
     * @throws IOException that names the first field which the kind does not have, or which has another type there
     */
    static void readStrictly(JsonNode object) throws IOException {
        String kind = KINDS.get(kindOf(object));
        if (kind == null) {
            throw new IOException("No schema of " + kindOf(object) + " is known here; add its class.");
        }
        try {
            STRICT.treeToValue(object, Class.forName(kind));
        } catch (ClassNotFoundException e) {
            throw new IOException("The class of " + kindOf(object) + " is not there: " + kind, e);
        }
    }
}
