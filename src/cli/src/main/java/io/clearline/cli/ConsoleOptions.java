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
import io.clearline.local.LocalPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a command that starts a platform and, unless it is switched off, a console for it. */
final class ConsoleOptions {
    private static final int OFF = -1;

    @Option(
            names = "--console",
            paramLabel = "PORT|off",
            defaultValue = "8090",
            converter = PortConverter.class,
            description = "Port of the console, the live web page. 0 selects a free port; off disables the console"
                    + " (default: ${DEFAULT-VALUE}).")
    private int port;

    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.equals("off")) {
                return OFF;
            }
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new TypeConversionException("expected a port within 0..65535, or off; found " + text);
            }
            return Integer.valueOf(text);
        }
    }

    /** Adds the port to those that must differ. */
    void addTo(DistinctPorts ports) {
        ports.with("--console", port);
    }

    /**
     * Checks that the port is free, before anything is started.
     *
     * @throws IOException if the port is in use; the message names it and the option for another one
     */
    void requireFreePort() throws IOException {
        if (port != OFF) {
            LocalConsole.requireFreePort(port);
        }
    }

    /**
     * Starts the console of a platform on the loopback interface.
     *
     * @param models folder of the model repository; null for that of the published models
     * @return empty if the console is switched off
     */
    Optional<Console> start(LocalPlatform platform, Path models) throws IOException {
        if (port == OFF) {
            return Optional.empty();
        }
        return Optional.of(LocalConsole.start(platform, port, models));
    }
}
