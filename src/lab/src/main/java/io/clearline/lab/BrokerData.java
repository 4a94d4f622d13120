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
package io.clearline.lab;

import io.clearline.lab.pipeline.PipelineSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The common option of the benchmarks that start a broker. */
final class BrokerData {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the broker's data during the run (default: /dev/shm, or the temporary folder).")
    private Path folder = PipelineSettings.defaultData();

    /** Returns the folder below which a new folder is created for the broker. */
    Path folder() {
        return folder;
    }
}
