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
import io.clearline.console.feed.KafkaClients;
import io.clearline.kafka.Topics;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Starts the console of a platform in this process, on the loopback interface. It closes with the process. Stateless.
 */
final class LocalConsole {
    private LocalConsole() {}

    /**
     * Checks that the port is free, before anything is started.
     *
     * @throws IOException if the port is in use; the message names it and the option for another one
     */
    static void requireFreePort(int port) throws IOException {
        Ports.requireFree(port, "the console", "--console");
    }

    /**
     * Starts the console, with a gateway for microphones that is started on demand.
     *
     * @param port 0 takes a free one
     * @param models folder of the model repository; null for that of the published models
     */
    static Console start(LocalPlatform platform, int port, Path models) throws IOException {
        KafkaClients kafka = new KafkaClients(platform.bootstrapServers(), Topics.DEFAULT, platform.consoleSettings());
        PrivateGateway gateway = new PrivateGateway(platform.bootstrapServers(), platform.gatewaySettings());
        Shutdown.closeAtExit(gateway::close);
        Console console = Console.start(ConsoleSettings.local(kafka, port, Repositories.folder(models))
                .withToken(ConsoleToken.from(null))
                .with(gateway));
        Shutdown.closeAtExit(console::close);
        return console;
    }
}
