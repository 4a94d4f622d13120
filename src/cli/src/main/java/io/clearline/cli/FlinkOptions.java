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

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import picocli.CommandLine.Option;

/** Options of the job and of Flink, for every command that runs the job. */
final class FlinkOptions {
    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description =
                    "Any option of the job or of Flink, such as clearline.batch.width=64; repeatable. They win over"
                            + " config.yaml in the folder that FLINK_CONF_DIR names.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** What Flink's configuration file says, where one is named, and then what the command line says. */
    Configuration configuration() {
        Configuration configuration = GlobalConfiguration.loadConfiguration();
        options.forEach(configuration::setString);
        return configuration;
    }
}
