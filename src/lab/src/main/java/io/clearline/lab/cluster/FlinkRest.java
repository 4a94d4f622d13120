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
 * What an operator does to a session cluster by Flink's REST interface alone: stop a job with a savepoint, upload a jar
 * and run it, rescale. The same requests as in {@code deploy/README.md}. One thread uses it.
 */
final class FlinkRest {
    private static final String BOUNDARY = "clearline-jar";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String web;

    /** @param web address of the JobManager, such as http://localhost:8081 */
    FlinkRest(String web) {
        this.web = web;
    }

    /**
     * Uploads a jar and runs its main class.
     *
     * @param arguments of the main class
     * @param options Flink's, for this job
     * @param savepoint whose state it takes
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
     * Ends a job with a savepoint.
     *
     * @param folder where the savepoint is to be made, as a URI
     * @return where it is
     * @throws IOException when the job has none to give, as while its tasks are starting
     */
    String stopWithSavepoint(JobID job, String folder) throws IOException {
        ObjectNode request = json.createObjectNode().put("targetDirectory", folder);
        String trigger =
                post("/jobs/" + job + "/stop", request).path("request-id").asText();
        AtomicReference<JsonNode> operation = new AtomicReference<>();
        Await.until("the savepoint of job " + job, PATIENCE, () -> {
            JsonNode answer = send(to("/jobs/" + job + "/savepoints/" + trigger).GET());
            operation.set(answer.path("operation"));
            return answer.at("/status/id").asText().equals("COMPLETED");
        });
        if (!operation.get().has("location")) {
            throw new IOException("Flink can't stop the job: "
                    + operation.get().at("/failure-cause/stack-trace").asText());
        }
        return operation.get().get("location").asText();
    }

    /**
     * Asks for other numbers of subtasks; the adaptive scheduler changes over while the job runs.
     *
     * @param subtasks the most of each vertex, by its hexadecimal id
     */
    void rescale(JobID job, Map<String, Integer> subtasks) throws IOException {
        ObjectNode request = json.createObjectNode();
        subtasks.forEach((vertex, most) -> request.putObject(vertex)
                .putObject("parallelism")
                .put("lowerBound", 1)
                .put("upperBound", most));
        send(to("/jobs/" + job + "/resource-requirements")
                .header("Content-Type", JSON)
                .PUT(BodyPublishers.ofByteArray(json.writeValueAsBytes(request))));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(web + path));
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
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("Flink answers " + response.statusCode() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Flink was asked", e);
        }
    }
}
