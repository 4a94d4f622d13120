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
 * How to run a console.
 *
 * @param host address to listen at; anything but this machine's loopback needs a token or a proxy header
 * @param port 0: a free one
 * @param token whoever has it may look, listen and announce models; null: nobody is asked
 * @param proxyHeader a request that has this header was let in by the proxy in front; null: there is none
 * @param models folder of the model repository; null: cards are not shown and nothing can be announced
 * @param gateway takes the audio of microphones; null: there is none
 */
public record ConsoleSettings(
        KafkaClients kafka,
        String host,
        int port,
        String token,
        String proxyHeader,
        Path models,
        MicrophoneGateway gateway) {

    /** The port unless another is asked for. */
    public static final int DEFAULT_PORT = 8090;

    private static final int MIN_TOKEN_CHARACTERS = 16;

    /** For everyone on this machine, who may look and listen. */
    public static ConsoleSettings local(KafkaClients kafka, int port, Path models) {
        return new ConsoleSettings(kafka, "127.0.0.1", port, null, null, models, null);
    }

    /** These, for those who have a token; null: for everyone who reaches the address. */
    public ConsoleSettings withToken(String newToken) {
        return new ConsoleSettings(kafka, host, port, newToken, proxyHeader, models, gateway);
    }

    /** These, at another address. */
    public ConsoleSettings at(String newHost) {
        return new ConsoleSettings(kafka, newHost, port, token, proxyHeader, models, gateway);
    }

    /** These, behind a proxy that says with a header whom it let in. */
    public ConsoleSettings behind(String header) {
        return new ConsoleSettings(kafka, host, port, token, header, models, gateway);
    }

    /** These, with a gateway that takes the audio of microphones. */
    public ConsoleSettings with(MicrophoneGateway newGateway) {
        return new ConsoleSettings(kafka, host, port, token, proxyHeader, models, newGateway);
    }

    /** Whether nobody is asked who they are. */
    public boolean isOpen() {
        return token == null && proxyHeader == null;
    }

    /**
     * Refuses to show calls to a whole network.
     *
     * @throws IOException that says what is missing
     */
    void requireSafe() throws IOException {
        if (isOpen() && !isLoopback()) {
            throw new IOException("The console plays calls to whoever reaches it. At " + host
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
