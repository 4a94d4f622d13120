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
package io.clearline.lab.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;

/**
 * Operates a session cluster by Flink's REST interface alone: stops a job with a savepoint, uploads a jar and runs it,
 * and rescales. The requests are those of {@code deploy/README.md}. Thread-confined.
 */
final class FlinkRest {
    private static final String BOUNDARY = "clearline-jar";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String webAddress;

    /** @param webAddress address of the JobManager, such as http://localhost:8081 */
    FlinkRest(String webAddress) {
        this.webAddress = webAddress;
    }

    /**
     * Uploads a jar and runs its main class.
     *
     * @param arguments arguments of the main class
     * @param options Flink options of this job
     * @param savepoint savepoint from which the job starts
     * @return the id of the new job
     */
    JobID run(Path jar, List<String> arguments, Configuration options, int parallelism, String savepoint)
            throws IOException {
        ObjectNode request = json.createObjectNode();
        request.put("parallelism", parallelism).put("savepointPath", savepoint).put("claimMode", "NO_CLAIM");
        arguments.forEach(request.putArray("programArgsList")::add);
        ObjectNode configuration = request.putObject("flinkConfiguration");
        options.toMap().forEach(configuration::put);
        JsonNode answer = post("/jars/" + upload(jar) + "/run", request);
        return JobID.fromHexString(answer.path("jobid").asText());
    }

    /**
     * Stops a job with a savepoint.
     *
     * @param folder URI of the folder for savepoints
     * @return URI of the new savepoint
     * @throws IOException if the job cannot take a savepoint, for instance while its tasks are starting
     */
    String stopWithSavepoint(JobID job, String folder) throws IOException {
        ObjectNode request = json.createObjectNode().put("targetDirectory", folder);
        String trigger =
                post("/jobs/" + job + "/stop", request).path("request-id").asText();
        AtomicReference<JsonNode> operation = new AtomicReference<>();
        Await.until("the savepoint of job " + job, TIMEOUT, () -> {
            JsonNode answer = send(to("/jobs/" + job + "/savepoints/" + trigger).GET());
            operation.set(answer.path("operation"));
            return answer.at("/status/id").asText().equals("COMPLETED");
        });
        if (!operation.get().has("location")) {
            throw new IOException("Flink failed to stop job " + job + " with a savepoint: "
                    + operation.get().at("/failure-cause/stack-trace").asText());
        }
        return operation.get().get("location").asText();
    }

    /**
     * Requests other numbers of subtasks; the adaptive scheduler applies them while the job runs.
     *
     * @param subtasks upper bound for each vertex, by hexadecimal vertex id
     */
    void rescale(JobID job, Map<String, Integer> subtasks) throws IOException {
        ObjectNode request = json.createObjectNode();
        subtasks.forEach((vertex, maxSubtasks) -> request.putObject(vertex)
                .putObject("parallelism")
                .put("lowerBound", 1)
                .put("upperBound", maxSubtasks));
        send(to("/jobs/" + job + "/resource-requirements")
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofByteArray(json.writeValueAsBytes(request))));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(webAddress + path));
    }

    private JsonNode post(String path, ObjectNode request) throws IOException {
        return send(to(path).header("Content-Type", JSON)
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(request))));
    }

    private String upload(Path jar) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                        + jar.getFileName() + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(Files.readAllBytes(jar));
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        JsonNode answer = send(to("/jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
        String file = answer.path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(
                        "Expected status 2xx from " + response.request().method() + " " + response.uri() + ", got "
                                + response.statusCode() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for an answer from " + webAddress, e);
        }
    }
}
