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

/** Asks a JVM that {@link MeteredMain} runs. */
final class MeterClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 120_000;

    private final int port;

    MeterClient(int port) {
        this.port = port;
    }

    void begin() throws IOException {
        ask(MeteredMain.BEGIN, Boolean.class);
    }

    ProcessUse end() throws IOException {
        return ask(MeteredMain.END, ProcessUse.class);
    }

    MeteredMain.State state() throws IOException {
        return ask(MeteredMain.COUNTERS, MeteredMain.State.class);
    }

    private <T> T ask(String question, Class<T> answer) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
            JsonNode json = JSON.readTree(socket.getInputStream().readAllBytes());
            if (json.has(MeteredMain.PROBLEM)) {
                throw new IOException("The measured process can't say " + question + ": "
                        + json.get(MeteredMain.PROBLEM).asText());
            }
            return JSON.treeToValue(json, answer);
        }
    }
}
