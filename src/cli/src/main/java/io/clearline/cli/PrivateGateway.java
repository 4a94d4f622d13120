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
package io.clearline.cli;

import io.clearline.console.web.MicrophoneGateway;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The console's own gateway in this process, for the audio of microphones. It listens on loopback and requires a random
 * token that only the console knows. It is started when the first microphone is opened. Thread-safe.
 */
final class PrivateGateway implements MicrophoneGateway, AutoCloseable {
    private static final int TOKEN_BYTES = 16;

    private final String bootstrapServers;
    private final Properties kafka;
    private final String token;
    private Gateway gateway;

    /** @param kafka settings of its Kafka clients */
    PrivateGateway(String bootstrapServers, Properties kafka) {
        this.bootstrapServers = bootstrapServers;
        this.kafka = kafka;
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        token = HexFormat.of().formatHex(bytes);
    }

    @Override
    public synchronized Address address() throws IOException {
        if (gateway == null) {
            gateway = Gateway.start(new GatewaySettings(bootstrapServers)
                    .kafka(Topics.DEFAULT, kafka)
                    .webSocket(0)
                    .threads(1)
                    .token(token));
        }
        return new Address(URI.create("ws://127.0.0.1:" + gateway.webSocketPort() + "/audio"), token);
    }

    @Override
    public synchronized void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
