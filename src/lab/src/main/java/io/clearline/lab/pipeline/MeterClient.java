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
package io.clearline.lab.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Client of the meter in a JVM that {@link MeteredMain} runs; one connection for each request. Immutable. */
final class MeterClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 120_000;

    private final int port;

    MeterClient(int port) {
        this.port = port;
    }

    /** Starts a measurement; see {@link ProcessMeter#begin}. */
    void begin() throws IOException {
        request(MeteredMain.BEGIN, Boolean.class);
    }

    /** Ends the measurement and returns its result. */
    ProcessUse end() throws IOException {
        return request(MeteredMain.END, ProcessUse.class);
    }

    /** Returns the counters of the JVM and whether its main method has returned. */
    MeteredMain.State state() throws IOException {
        return request(MeteredMain.COUNTERS, MeteredMain.State.class);
    }

    private <T> T request(String command, Class<T> type) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            JsonNode json = JSON.readTree(socket.getInputStream().readAllBytes());
            if (json.has(MeteredMain.PROBLEM)) {
                throw new IOException("The meter of the process on port " + port + " failed to " + command + ": "
                        + json.get(MeteredMain.PROBLEM).asText());
            }
            return JSON.treeToValue(json, type);
        }
    }
}
