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

import io.clearline.gateway.media.AllowList;
import io.clearline.gateway.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a gateway listens, who may come, and what they must show. */
final class GatewayAccessOptions {
    static final String TOKEN_VARIABLE = "CLEARLINE_GATEWAY_TOKEN";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on for audio (default: ${DEFAULT-VALUE}); any but loopback needs --allow.")
    private String bind;

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            description = "Who may come, such as 10.0.0.0/8; repeatable (default: everyone who reaches loopback).")
    private List<String> allow = new ArrayList<>();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that WebSocket and HTTP clients must show (default: the environment"
                    + " variable " + TOKEN_VARIABLE + ", else none).")
    private Path tokenFile;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "WebSocket by TLS (wss): the server's certificate in PEM, then those that signed it. It is"
                    + " read again when it has changed.")
    private Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's private key in PEM: PKCS #8, not encrypted.")
    private Path tlsKey;

    /** Where to listen for audio. */
    InetAddress address() throws IOException {
        try {
            InetAddress address = InetAddress.getByName(bind);
            requireAllowed(address);
            return address;
        } catch (UnknownHostException e) {
            throw new IOException("Expected --bind with an address of this machine, found " + bind + ".", e);
        }
    }

    /** Who may come. */
    AllowList allowList() {
        try {
            return AllowList.of(allow);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--allow: " + e.getMessage());
        }
    }

    /** What others reach must say who may come. */
    private void requireAllowed(InetAddress address) {
        if (!address.isLoopbackAddress() && allow.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bind " + bind + " lets others reach the gateway. Say who may come, such as --allow 10.0.0.0/8.");
        }
    }

    /** What WebSocket and HTTP clients must show; empty: nothing. */
    String token() throws IOException {
        if (tokenFile != null) {
            String token = Files.readString(tokenFile).strip();
            if (token.isEmpty()) {
                // Whoever names a file means to ask for a token.
                throw new IOException("Expected a token in " + tokenFile.toAbsolutePath() + ", found none.");
            }
            return token;
        }
        return System.getenv().getOrDefault(TOKEN_VARIABLE, "");
    }

    /**
     * The TLS of WebSocket; null: none.
     *
     * @param webSocket whether that is served
     */
    ServerTls tls(boolean webSocket) throws IOException {
        if (tlsCertificate == null && tlsKey == null) {
            return null;
        }
        if (tlsCertificate == null || tlsKey == null || !webSocket) {
            throw new ParameterException(
                    spec.commandLine(), "--tls-certificate, --tls-key and --websocket belong together.");
        }
        return new ServerTls(tlsCertificate, tlsKey);
    }

    /** Whether WebSocket is served by TLS. */
    boolean isByTls() {
        return tlsCertificate != null;
    }
}
