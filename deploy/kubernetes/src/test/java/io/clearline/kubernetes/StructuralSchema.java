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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The schema of a custom resource, as strict as an API server with {@code --validate=strict}: a field that it does not
 * know is an error. Knows the part of OpenAPI that structural schemas may use.
 */
final class StructuralSchema {
    private final String apiVersion;
    private final JsonNode root;

    private StructuralSchema(String apiVersion, JsonNode root) {
        this.apiVersion = apiVersion;
        this.root = root;
    }

    /** That of the first version in a CustomResourceDefinition. */
    static StructuralSchema of(Path definition) throws IOException {
        JsonNode spec = new YAMLMapper().readTree(definition.toFile()).path("spec");
        JsonNode version = spec.at("/versions/0");
        return new StructuralSchema(
                spec.path("group").asText() + "/" + version.path("name").asText(),
                version.at("/schema/openAPIV3Schema"));
    }

    /** What is wrong with an object; empty: nothing. */
    List<String> errors(JsonNode object) {
        List<String> errors = new ArrayList<>();
        if (!object.path("apiVersion").asText().equals(apiVersion)) {
            errors.add("apiVersion: expected " + apiVersion + ", found " + object.path("apiVersion"));
        }
        // The API server knows the rest of the head of every object itself.
        root.path("properties")
                .properties()
                .forEach(property ->
                        check(property.getKey(), object.path(property.getKey()), property.getValue(), errors));
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of("apiVersion", "kind", "metadata").contains(name)
                    && !root.path("properties").has(name)) {
                errors.add(name + ": unknown field");
            }
        });
        return errors;
    }

    private void check(String path, JsonNode value, JsonNode schema, List<String> errors) {
        if (value.isMissingNode()) {
            return;
        }
        if (!hasType(value, schema)) {
            errors.add(path + ": expected " + schema.path("type").asText() + ", found " + value);
        } else if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            errors.add(path + ": expected one of " + schema.path("enum") + ", found " + value);
        } else if (value.isObject()) {
            checkFields(path, value, schema, errors);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", value.get(i), schema.path("items"), errors);
            }
        }
    }

    private void checkFields(String path, JsonNode value, JsonNode schema, List<String> errors) {
        boolean anything = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        JsonNode others = schema.path("additionalProperties");
        value.properties().forEach(field -> {
            String name = path + "." + field.getKey();
            if (schema.path("properties").has(field.getKey())) {
                check(name, field.getValue(), schema.path("properties").path(field.getKey()), errors);
            } else if (others.isObject()) {
                check(name, field.getValue(), others, errors);
            } else if (!anything) {
                errors.add(name + ": unknown field");
            }
        });
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                errors.add(path + "." + name.asText() + ": missing");
            }
        });
    }

    private static boolean hasType(JsonNode value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isInt() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }

    private static boolean contains(JsonNode options, JsonNode value) {
        return StreamSupport.stream(options.spliterator(), false).anyMatch(value::equals);
    }
}
