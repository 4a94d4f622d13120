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

/** What a job carries on many cores. */
@Command(
        name = "scaling",
        description = {
            "Simulate a job's exchange between subtasks on 2 to 1,600 cores, with the costs that were measured on two,"
                    + " and search the streams that it carries with a p99 of 50 ms.",
            "Some minutes on one core; the same numbers each time."
        })
final class ExperimentScalingCommand implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "2",
            description = "How long each job runs, in its own time, after a second of warm-up (default:"
                    + " ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON too.")
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
