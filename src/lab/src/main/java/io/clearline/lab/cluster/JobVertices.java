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
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** The vertices of a running job, as Flink's REST interface tells them. */
final class JobVertices {
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    /**
     * One vertex.
     *
     * @param id its hexadecimal id
     * @param name the names of its operators
     * @param parallelism its subtasks
     * @param running whether all of them run, or have done what there was to do
     */
    record Vertex(String id, String name, int parallelism, boolean running) {
        /** Models come by one subtask, whatever the others are. */
        boolean ofModels() {
            return name.startsWith("Source: models") || name.contains("fetch") || name.contains("no models");
        }
    }

    private JobVertices() {}

    /**
     * Asks a JobManager.
     *
     * @param web its address, such as http://localhost:8081
     */
    static List<Vertex> of(String web, JobID job) throws IOException {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : ask(web + "/jobs/" + job).get("vertices")) {
            int parallelism = vertex.get("parallelism").asInt();
            vertices.add(new Vertex(
                    vertex.get("id").asText(),
                    vertex.get("name").asText(),
                    parallelism,
                    parallelism > 0 && tasks(vertex, "RUNNING") + tasks(vertex, "FINISHED") == parallelism));
        }
        return vertices;
    }

    /** How long the newest complete checkpoint took; 0 while there is none. */
    static long newestCheckpointMillis(String web, JobID job) throws IOException {
        return ask(web + "/jobs/" + job + "/checkpoints")
                .at("/latest/completed/end_to_end_duration")
                .asLong();
    }

    private static JsonNode ask(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static int tasks(JsonNode vertex, String state) {
        return vertex.get("tasks").get(state).asInt();
    }
}
