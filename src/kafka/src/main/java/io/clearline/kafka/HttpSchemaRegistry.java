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
 * A client of schema registries with Confluent's HTTP interface: Confluent's own, Karapace, Redpanda's, and Apicurio's
 * under {@code /apis/ccompat/v7}.
 *
 * <p>Answers are cached: a schema for good, a missing schema and a failed request for ten seconds each. A flood of
 * records with invented schema ids, or a registry that is down, therefore causes few requests. Thread-safe; threads
 * wait for each other's requests.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 3;
    private static final long RETRY_MILLIS = 300;
    private static final long NEGATIVE_TTL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_CACHED_ANSWERS = 10_000;
    private static final int NOT_FOUND = 404;

    /** The result of one lookup by schema id, and the {@link System#nanoTime} when it came. */
    private record Answer(Optional<Schema> schema, IOException failure, long nanos) {
        boolean isFresh() {
            return schema.isPresent() || System.nanoTime() - nanos < NEGATIVE_TTL_NANOS;
        }
    }

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
    private final Map<Integer, Answer> answers = new LinkedHashMap<>();
    /** The newest request that got no answer; null if every one did. */
    private Answer lastFailure;

    /**
     * Creates the client without connecting.
     *
     * @param url for example {@code http://registry:8081}
     * @throws IllegalArgumentException if the URL is neither HTTP nor HTTPS
     */
    public HttpSchemaRegistry(String url) {
        this.url = url.replaceAll("/+$", "");
        String scheme = URI.create(this.url).getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException(
                    "Expected the URL of a schema registry (http://... or https://...), found " + url + ".");
        }
    }

    @Override
    public synchronized Optional<Schema> schema(int id) throws IOException {
        Answer known = answers.get(id);
        if (known == null || !known.isFresh()) {
            if (lastFailure != null && lastFailure.isFresh()) {
                throw lastFailure.failure();
            }
            known = fetch(id);
        }
        if (known.failure() != null) {
            throw known.failure();
        }
        return known.schema();
    }

    /** A registry that does not answer concerns all ids; one that answers with an error concerns this id alone. */
    private Answer fetch(int id) throws IOException {
        HttpResponse<String> response;
        try {
            response = send(request("/schemas/ids/" + id).GET());
        } catch (IOException e) {
            lastFailure = new Answer(Optional.empty(), e, System.nanoTime());
            throw e;
        }
        Answer answer = answerIn(response, id);
        evictAnswers();
        answers.put(id, answer);
        return answer;
    }

    private Answer answerIn(HttpResponse<String> response, int id) {
        try {
            return new Answer(schemaIn(response, id), null, System.nanoTime());
        } catch (IOException e) {
            return new Answer(Optional.empty(), e, System.nanoTime());
        }
    }

    /** Drops the answers about missing schemas first: invented ids are the only ones that come in great numbers. */
    private void evictAnswers() {
        if (answers.size() >= MAX_CACHED_ANSWERS) {
            answers.values().removeIf(answer -> answer.schema().isEmpty());
        }
        if (answers.size() >= MAX_CACHED_ANSWERS) {
            answers.clear();
        }
    }

    private Optional<Schema> schemaIn(HttpResponse<String> response, int id) throws IOException {
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        JsonNode answer = bodyOf(response, "schema " + id);
        // A registry omits the type of an Avro schema.
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
            throw new IOException(
                    "Expected a schema id from the schema registry " + url + ", found " + shortened(response.body()));
        }
        return id.asInt();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", MEDIA_TYPE)
                .timeout(REQUEST_TIMEOUT);
    }

    private JsonNode bodyOf(HttpResponse<String> response, String what) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("The schema registry " + url + " answered " + response.statusCode() + " for " + what
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
                    if (attempt == MAX_ATTEMPTS) {
                        throw new IOException("No schema registry answers at " + url + ": " + e, e);
                    }
                    Thread.sleep(RETRY_MILLIS * attempt);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the schema registry " + url, e);
        }
    }

    private static String shortened(String body) {
        int shown = 200;
        return body.length() <= shown ? body : body.substring(0, shown) + "...";
    }
}
