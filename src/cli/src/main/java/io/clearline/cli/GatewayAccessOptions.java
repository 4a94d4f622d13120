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

/** The options for a gateway's address, allowed networks, token and TLS. */
final class GatewayAccessOptions {
    static final String TOKEN_VARIABLE = "CLEARLINE_GATEWAY_TOKEN";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on for audio (default: ${DEFAULT-VALUE}); any but loopback requires --allow.")
    private String bind;

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            description = "Network of allowed clients, such as 10.0.0.0/8; repeatable (default: every client on"
                    + " loopback).")
    private List<String> allow = new ArrayList<>();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token that WebSocket and HTTP clients must present (default: the environment"
                    + " variable " + TOKEN_VARIABLE + ", otherwise none).")
    private Path tokenFile;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description =
                    "Certificate chain for WebSocket over TLS (wss), in PEM, the server's certificate first. It is"
                            + " reloaded when it changes.")
    private Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Private key of the certificate, in PEM: PKCS #8, not encrypted.")
    private Path tlsKey;

    /**
     * Returns the address to listen on for audio.
     *
     * @throws IOException if it is no address of a host
     * @throws ParameterException if it is not loopback and no networks are allowed
     */
    InetAddress address() throws IOException {
        try {
            InetAddress address = InetAddress.getByName(bind);
            requireAllowed(address);
            return address;
        } catch (UnknownHostException e) {
            throw new IOException("Expected an address of this machine for --bind, found " + bind + ".", e);
        }
    }

    /** Returns the networks of allowed clients. */
    AllowList allowList() {
        try {
            return AllowList.of(allow);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--allow: " + e.getMessage());
        }
    }

    /** Refuses an address that other machines can reach without a list of allowed networks. */
    private void requireAllowed(InetAddress address) {
        if (!address.isLoopbackAddress() && allow.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bind " + bind + " makes the gateway reachable for other machines. Name the networks of allowed"
                            + " clients, such as --allow 10.0.0.0/8.");
        }
    }

    /** Returns the token that WebSocket and HTTP clients must present; empty if none is required. */
    String token() throws IOException {
        if (tokenFile != null) {
            String token = Files.readString(tokenFile).strip();
            if (token.isEmpty()) {
                // An empty token would switch the check off, which is not what a token file is given for.
                throw new IOException("Expected a token in " + tokenFile.toAbsolutePath() + ", found an empty file.");
            }
            return token;
        }
        return System.getenv().getOrDefault(TOKEN_VARIABLE, "");
    }

    /**
     * Returns the TLS of WebSocket; null if there is none.
     *
     * @param webSocket whether WebSocket is served
     * @throws ParameterException if certificate, key or WebSocket is missing
     */
    ServerTls tls(boolean webSocket) throws IOException {
        if (tlsCertificate == null && tlsKey == null) {
            return null;
        }
        if (tlsCertificate == null || tlsKey == null || !webSocket) {
            throw new ParameterException(
                    spec.commandLine(), "--tls-certificate, --tls-key and --websocket must be given together.");
        }
        return new ServerTls(tlsCertificate, tlsKey);
    }

    /** Returns whether WebSocket is served over TLS. */
    boolean isByTls() {
        return tlsCertificate != null;
    }
}
