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

import io.clearline.lab.scaling.ScalingExperiment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Simulates the capacity of a job on many cores. */
@Command(
        name = "scaling",
        description = {
            "Simulate the exchange between a job's subtasks on 2 to 1,600 cores, with costs that were measured on two,"
                    + " and search for the largest number of streams with a p99 of 50 ms.",
            "Takes some minutes on one core. Each run gives the same numbers."
        })
final class ExperimentScalingCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Simulated seconds of each job, after one second of warm-up (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file as JSON.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        ScalingExperiment experiment = ScalingExperiment.run(seconds);
        System.out.println(experiment.table());
        if (json != null) {
            ResultFile.write(experiment, json);
        }
        return 0;
    }
}
