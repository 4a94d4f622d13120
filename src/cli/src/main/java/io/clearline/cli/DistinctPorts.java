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

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Checks that the options of a command name different ports. Thread-confined. */
final class DistinctPorts {
    private final CommandLine command;
    private final Map<Integer, String> options = new HashMap<>();

    DistinctPorts(CommandLine command) {
        this.command = command;
    }

    /**
     * Adds the port of an option.
     *
     * @param port null or below 1 for none, or for any free one
     * @throws ParameterException if another option has the same port
     */
    DistinctPorts with(String option, Integer port) {
        if (port != null && port > 0) {
            String other = options.put(port, option);
            if (other != null) {
                throw new ParameterException(
                        command,
                        "Expected different ports for " + other + " and " + option + ", found " + port
                                + " for both. Change one; 0 selects a free port.");
            }
        }
        return this;
    }
}
