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
package io.clearline.console;

import io.clearline.console.feed.KafkaClients;
import io.clearline.console.web.MicrophoneGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * The settings of a console. Immutable.
 *
 * @param kafka the Kafka cluster and its topics
 * @param host address to listen at; any address but the loopback requires a token or a proxy header
 * @param port port to listen at; 0 for any free one
 * @param token bearer token that grants full access: to view, to listen and to announce models; null for none
 * @param proxyHeader name of the header by which an authenticating proxy marks the requests it admits; null for none
 * @param models folder of the model repository; with null no cards are shown and no model can be announced
 * @param gateway gateway for the audio of microphones; null for none
 */
public record ConsoleSettings(
        KafkaClients kafka,
        String host,
        int port,
        String token,
        String proxyHeader,
        Path models,
        MicrophoneGateway gateway) {

    /** The default port. */
    public static final int DEFAULT_PORT = 8090;

    private static final int MIN_TOKEN_CHARACTERS = 16;

    /** Returns settings for a console at the loopback address, without authentication. */
    public static ConsoleSettings local(KafkaClients kafka, int port, Path models) {
        return new ConsoleSettings(kafka, "127.0.0.1", port, null, null, models, null);
    }

    /** Returns a copy with a token; null for none. */
    public ConsoleSettings withToken(String newToken) {
        return new ConsoleSettings(kafka, host, port, newToken, proxyHeader, models, gateway);
    }

    /** Returns a copy with another address to listen at. */
    public ConsoleSettings at(String newHost) {
        return new ConsoleSettings(kafka, newHost, port, token, proxyHeader, models, gateway);
    }

    /** Returns a copy for use behind an authenticating proxy, which sets the given header. */
    public ConsoleSettings behind(String header) {
        return new ConsoleSettings(kafka, host, port, token, header, models, gateway);
    }

    /** Returns a copy with a gateway for the audio of microphones. */
    public ConsoleSettings with(MicrophoneGateway newGateway) {
        return new ConsoleSettings(kafka, host, port, token, proxyHeader, models, newGateway);
    }

    /** Returns whether requests need no authentication. */
    public boolean isOpen() {
        return token == null && proxyHeader == null;
    }

    /**
     * Checks that a console that is reachable from the network authenticates its users.
     *
     * @throws IOException when it does not, or when the token is too short to be secret; the message names the remedy
     */
    void requireSafe() throws IOException {
        if (isOpen() && !isLoopback()) {
            throw new IOException("The console gives access to the audio of calls. To listen at " + host
                    + " it needs a token (--token-file, or the environment variable CLEARLINE_CONSOLE_TOKEN) or a proxy"
                    + " that logs people in (--proxy-header); without either it listens at 127.0.0.1 only.");
        }
        if (token != null && token.length() < MIN_TOKEN_CHARACTERS) {
            throw new IOException("Expected a console token of at least " + MIN_TOKEN_CHARACTERS + " characters, found "
                    + token.length() + ". Make one: openssl rand -hex 24");
        }
    }

    private boolean isLoopback() throws IOException {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IOException("This machine has no address " + host + ".", e);
        }
    }
}
