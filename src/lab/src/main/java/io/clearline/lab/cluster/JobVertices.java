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

/** Reads the vertices and checkpoints of a running job from Flink's REST interface. Stateless. */
final class JobVertices {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    /**
     * One vertex of the job graph.
     *
     * @param id hexadecimal id
     * @param name names of the chained operators
     * @param parallelism number of subtasks
     * @param running whether every subtask is running or has finished
     */
    record Vertex(String id, String name, int parallelism, boolean running) {
        /** Returns whether the vertex reads or fetches models, which always has one subtask. */
        boolean handlesModels() {
            return name.startsWith("Source: models") || name.contains("fetch") || name.contains("no models");
        }
    }

    private JobVertices() {}

    /**
     * Returns the vertices of a job.
     *
     * @param webAddress address of the JobManager, such as http://localhost:8081
     * @throws IOException while no JobManager answers
     */
    static List<Vertex> of(String webAddress, JobID job) throws IOException {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : get(webAddress + "/jobs/" + job).get("vertices")) {
            int parallelism = vertex.get("parallelism").asInt();
            vertices.add(new Vertex(
                    vertex.get("id").asText(),
                    vertex.get("name").asText(),
                    parallelism,
                    parallelism > 0 && tasks(vertex, "RUNNING") + tasks(vertex, "FINISHED") == parallelism));
        }
        return vertices;
    }

    /** Returns the duration of the newest complete checkpoint, or 0 if there is none. */
    static long newestCheckpointMillis(String webAddress, JobID job) throws IOException {
        return get(webAddress + "/jobs/" + job + "/checkpoints")
                .at("/latest/completed/end_to_end_duration")
                .asLong();
    }

    private static JsonNode get(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream in = connection.getInputStream()) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static int tasks(JsonNode vertex, String state) {
        return vertex.get("tasks").get(state).asInt();
    }
}
