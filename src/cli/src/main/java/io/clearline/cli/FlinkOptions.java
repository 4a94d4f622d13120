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

/** The options of the job and of Flink, for the commands that run the job. */
final class FlinkOptions {
    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "Option of the job or of Flink, such as clearline.batch.width=64; repeatable. It overrides"
                    + " config.yaml in the folder FLINK_CONF_DIR.")
    private Map<String, String> options = new LinkedHashMap<>();

    /** Returns Flink's configuration file, if {@code FLINK_CONF_DIR} is set, overridden by the command line. */
    Configuration configuration() {
        Configuration configuration = GlobalConfiguration.loadConfiguration();
        options.forEach(configuration::setString);
        return configuration;
    }
}
