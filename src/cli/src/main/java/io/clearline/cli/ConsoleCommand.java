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

import io.clearline.console.Console;
import io.clearline.console.ConsoleSettings;
import io.clearline.console.web.MicrophoneGateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clearline console}: serves the live web page for a job that runs anywhere. */
@Command(
        name = "console",
        description = {
            "Serve the live web page: streams before and after enhancement, figures, dead letters and models.",
            "It reads the topics without a consumer group and does not affect the job."
        })
final class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; any but loopback requires a token or a proxy header"
                    + " (default: ${DEFAULT-VALUE}).")
    private String host;

    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port to listen on; 0 selects a free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File whose first line is the token that a browser must present; only with a token can models be"
                            + " announced (default: the environment variable CLEARLINE_CONSOLE_TOKEN, if set).")
    private Path tokenFile;

    @Option(
            names = "--proxy-header",
            paramLabel = "NAME",
            description = "Header that marks a request as authenticated by the proxy in front, such as"
                    + " X-Forwarded-User. The proxy must remove it from requests that come from outside.")
    private String proxyHeader;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Folder of the models (default: the published models).")
    private Path repository;

    @Option(
            names = "--gateway",
            paramLabel = "URI",
            description = "Gateway for the audio of microphones, such as ws://127.0.0.1:8080/audio; its token is taken"
                    + " from the environment variable CLEARLINE_GATEWAY_TOKEN (default: none).")
    private URI gateway;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ConsoleSettings settings = new ConsoleSettings(
                kafka.clients(),
                host,
                port,
                ConsoleToken.from(tokenFile),
                proxyHeader,
                Repositories.folder(repository),
                microphones());
        Console console = Console.start(settings);
        Shutdown.closeAtExit(console::close);
        System.out.println("Console     " + console.address());
        System.out.println("Stop with Ctrl-C.");
        new CountDownLatch(1).await();
        return 0;
    }

    private MicrophoneGateway microphones() {
        if (gateway == null) {
            return null;
        }
        if (!List.of("ws", "wss").contains(String.valueOf(gateway.getScheme()))) {
            throw new ParameterException(
                    spec.commandLine(), "Expected --gateway ws://HOST:PORT/audio, found " + gateway + ".");
        }
        String token = System.getenv().getOrDefault(GatewayAccessOptions.TOKEN_VARIABLE, "");
        MicrophoneGateway.Address address = new MicrophoneGateway.Address(gateway, token);
        return () -> address;
    }
}
