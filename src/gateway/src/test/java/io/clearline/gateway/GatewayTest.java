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
package io.clearline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the gateway as a whole without Kafka: it must start, serve and stop all the same. */
class GatewayTest {
    private static final String NO_KAFKA = "localhost:1";
    private static final String SDP = "v=0\nm=audio 5000 RTP/AVP 0\n";

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(Gateway gateway, String method, String path, String body) throws Exception {
        return ask(gateway, method, path, body, "application/sdp");
    }

    private HttpResponse<String> ask(Gateway gateway, String method, String path, String body, String type)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.httpPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .header("Authorization", "Bearer secret")
                .timeout(Duration.ofMinutes(2))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void sessionsAreOpenedShownAndEndedByHttp() throws Exception {
        int port = FreePorts.pairs(1);
        try (Gateway gateway = Gateway.start(
                new GatewaySettings(NO_KAFKA).rtp(port, port + 1).http(0).token("secret"))) {
            HttpResponse<String> opened = ask(gateway, "POST", "/sessions?stream=call-1", SDP);
            assertThat(opened.statusCode()).isEqualTo(201);
            assertThat(opened.body()).contains("\"rtpPort\" : " + port);
            assertThat(ask(gateway, "POST", "/sessions?stream=call-2", SDP).statusCode())
                    .isEqualTo(503);
            assertThat(ask(gateway, "GET", "/sessions", "").body()).startsWith("[");
            assertThat(ask(gateway, "DELETE", "/sessions/call-1", "").statusCode())
                    .isEqualTo(200);
            assertThat(ask(gateway, "DELETE", "/sessions/call-1", "").statusCode())
                    .isEqualTo(404);
            assertThat(ask(gateway, "POST", "/sessions?stream=bad%20id", SDP).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void srtpKeysComeByHttpAndOnlyTheLocalOneIsReturned() throws Exception {
        int port = FreePorts.pairs(1);
        String peerKey = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
        String localKey = "NzB4d1BINUAvLEw6UzF3WSJ+PSdFcGdUJShpX1Zj";
        String wish = "{\"stream\": \"call\", \"sdp\": \"m=audio 5000 RTP/AVP 0\", %s}";
        try (Gateway gateway = Gateway.start(
                new GatewaySettings(NO_KAFKA).rtp(port, port + 1).http(0).token("secret"))) {
            HttpResponse<String> withoutPeerKey = ask(
                    gateway, "POST", "/sessions", wish.formatted("\"srtpReturnKey\": \"" + localKey + "\""), "json");
            assertThat(withoutPeerKey.statusCode()).isEqualTo(400);
            assertThat(withoutPeerKey.body()).contains("srtpKey");
            HttpResponse<String> bad =
                    ask(gateway, "POST", "/sessions", wish.formatted("\"srtpKey\": \"short\""), "json");
            assertThat(bad.statusCode()).isEqualTo(400);
            assertThat(bad.body()).contains("base64 of 30 bytes").doesNotContain("short");
            String bare = wish.replace("RTP/AVP", "RTP/SAVP");
            assertThat(ask(gateway, "POST", "/sessions", bare.replace(", %s", ""), "json")
                            .body())
                    .contains("a=crypto");
            String keys = "\"srtpKey\": \"" + peerKey + "\", \"srtpReturnKey\": \"" + localKey + "\"";
            for (String described : List.of(wish, bare)) {
                HttpResponse<String> opened = ask(gateway, "POST", "/sessions", described.formatted(keys), "json");
                assertThat(opened.statusCode()).isEqualTo(201);
                assertThat(opened.body())
                        .contains("\"crypto\" : \"1 AES_CM_128_HMAC_SHA1_80 inline:" + localKey + "\"")
                        .doesNotContain(peerKey);
                ask(gateway, "DELETE", "/sessions/call", "");
            }
        }
    }

    @Test
    void sessionsNeedTheTokenAndMetricsDoNot() throws Exception {
        try (Gateway gateway = Gateway.start(
                new GatewaySettings(NO_KAFKA).audioSocket(0).http(0).token("other"))) {
            assertThat(ask(gateway, "GET", "/metrics", "").body())
                    .contains("clearline_gateway_frames_enhanced_total")
                    .contains("clearline_gateway_dry_share");
            assertThat(ask(gateway, "GET", "/health", "").statusCode()).isEqualTo(200);
            assertThat(ask(gateway, "GET", "/sessions", "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anUnknownPathReturnsTheListOfPaths() throws Exception {
        try (Gateway gateway =
                Gateway.start(new GatewaySettings(NO_KAFKA).audioSocket(0).http(0))) {
            assertThat(ask(gateway, "GET", "/", "").body()).contains("/sessions", "/status", "/metrics", "/health");
            HttpResponse<String> unknown = ask(gateway, "GET", "/state", "");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("GET /state", "/sessions", "/status", "/metrics", "/health");
            assertThat(ask(gateway, "GET", "/status", "").body())
                    .contains("\"sessions\" : 0", "\"kafkaDelivering\" : false", "\"framesEnhanced\" : 0");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewaySettings settings = new GatewaySettings(NO_KAFKA).webSocket(taken.getLocalPort());
            assertThatIOException()
                    .isThrownBy(() -> Gateway.start(settings))
                    .withMessageContaining("Port " + taken.getLocalPort())
                    .withMessageContaining("--websocket");
        }
    }
}
