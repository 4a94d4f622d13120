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
package io.clearline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Determines when a job is ready that reads the topics of an existing Kafka, where no probe streams may be written. The
 * job is ready when every task runs, since tasks warm up before that. Whether frames pass is taken from the job's own
 * metric. Thread-confined.
 */
public final class JobReadiness {
    private static final Duration START_TIMEOUT = Duration.ofHours(1);
    private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 250;
    private static final String FRAMES_OUT = "enhance.framesOut";

    private final LocalFlink flink;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();

    /** Creates a check for the job that this cluster runs. */
    public JobReadiness(LocalFlink flink) {
        this.flink = flink;
    }

    /**
     * Waits until the job runs, and then up to five seconds for an enhanced frame.
     *
     * @param report receives what a slow start waits for
     * @return whether a frame has been enhanced; false if the topic is idle
     * @throws IOException if the job does not run within an hour
     */
    public boolean await(StartReport report) throws IOException {
        flink.awaitRunning(START_TIMEOUT, report);
        long deadline = System.nanoTime() + FRAME_TIMEOUT.toNanos();
        try {
            while (framesOut() == 0) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for a frame.", e);
        }
    }

    /** Returns the number of enhanced frames of all tasks, as of Flink's last collection of metrics. */
    private long framesOut() throws IOException, InterruptedException {
        String job = flink.webAddress() + "/jobs/" + flink.job();
        for (JsonNode vertex : get(job).path("vertices")) {
            if (vertex.path("name").asText().startsWith("enhance")) {
                JsonNode metrics =
                        get(job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics?get=" + FRAMES_OUT);
                return (long) metrics.path(0).path("sum").asDouble();
            }
        }
        return 0;
    }

    private JsonNode get(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(REQUEST_TIMEOUT)
                .build();
        return json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
