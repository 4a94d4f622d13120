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
package io.clearline.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.schemas.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry with Confluent's HTTP interface: Confluent's own, Karapace, Redpanda's, Apicurio's under
 * {@code /apis/ccompat/v7}. What it answered is remembered: a schema for good, that there is none for ten seconds, and
 * as long that it did not answer; so a flood of made-up numbers or a registry that is down costs a question now and
 * then.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;
    private static final long RETRY_MILLIS = 300;
    private static final long REMEMBER_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_REMEMBERED = 10_000;
    private static final int NOT_FOUND = 404;

    /** What a number led to, and when it was asked for. */
    private record Answer(Optional<Schema> schema, IOException failure, long nanos) {
        boolean isFresh() {
            return schema.isPresent() || System.nanoTime() - nanos < REMEMBER_NANOS;
        }
    }

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<Integer, Answer> answers = new LinkedHashMap<>();
    private Answer down;

    /**
     * Asks nothing yet.
     *
     * @param url for example {@code http://registry:8081}
     */
    public HttpSchemaRegistry(String url) {
        this.url = url.replaceAll("/+$", "");
        String scheme = URI.create(this.url).getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("Expected http://... of a schema registry, found " + url + ".");
        }
    }

    @Override
    public synchronized Optional<Schema> schema(int id) throws IOException {
        Answer known = answers.get(id);
        if (known == null || !known.isFresh()) {
            if (down != null && down.isFresh()) {
                throw down.failure();
            }
            known = ask(id);
        }
        return known.schema();
    }

    private Answer ask(int id) throws IOException {
        try {
            HttpResponse<String> response = send(request("/schemas/ids/" + id).GET());
            Answer answer = new Answer(schemaIn(response, id), null, System.nanoTime());
            makeRoom();
            answers.put(id, answer);
            return answer;
        } catch (IOException e) {
            down = new Answer(Optional.empty(), e, System.nanoTime());
            throw e;
        }
    }

    /** The oldest answers go: those that say that there is nothing are the many. */
    private void makeRoom() {
        if (answers.size() >= MAX_REMEMBERED) {
            answers.values().removeIf(answer -> answer.schema().isEmpty());
        }
        if (answers.size() >= MAX_REMEMBERED) {
            answers.clear();
        }
    }

    private Optional<Schema> schemaIn(HttpResponse<String> response, int id) throws IOException {
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode answer = bodyOf(response, "schema " + id);
        // Avro is what a registry leaves unsaid.
        if (!"AVRO".equals(answer.path("schemaType").asText("AVRO"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Schema.Parser().parse(answer.path("schema").asText()));
        } catch (SchemaParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public int id(String topic, Schema schema) throws IOException {
        String subject = URLEncoder.encode(topic + "-value", StandardCharsets.UTF_8);
        String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
        HttpResponse<String> response = send(request("/subjects/" + subject + "/versions")
                .header("Content-Type", MEDIA_TYPE)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        JsonNode id = bodyOf(response, "the subject " + topic + "-value").path("id");
        if (!id.isInt()) {
            throw new IOException("Expected the number of a schema from the registry " + url + ", found "
                    + shortened(response.body()));
        }
        return id.asInt();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", MEDIA_TYPE)
                .timeout(PATIENCE);
    }

    private JsonNode bodyOf(HttpResponse<String> response, String what) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("The schema registry " + url + " answers " + response.statusCode() + " for " + what
                    + ": " + shortened(response.body()));
        }
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw new IOException("No schema registry answers at " + url + ": " + e, e);
                    }
                    Thread.sleep(RETRY_MILLIS * attempt);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the schema registry " + url + " was asked", e);
        }
    }

    private static String shortened(String body) {
        int shown = 200;
        return body.length() <= shown ? body : body.substring(0, shown) + "...";
    }
}
