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

import io.clearline.job.ClearlineJob;
import io.clearline.job.JobOptions;
import io.clearline.kafka.DeliveryMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The job alone, in this process, against a Kafka that is there. */
@Command(
        name = "job",
        description =
                "Run the job in this process against a Kafka that is there. For a Flink cluster, submit its jar instead.")
final class JobCommand implements Callable<Integer> {
    @Option(
            names = "--mode",
            defaultValue = "live",
            description =
                    "live: runs until stopped; replay: once through the topic, exactly once (default: ${DEFAULT-VALUE}).")
    private DeliveryMode mode;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "Tasks side by side (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "Any option of the job or of Flink, such as clearline.batch.width=64; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ModelOptions models;

    @Override
    public Integer call() throws Exception {
        kafka.requireJobRights();
        Configuration options = new Configuration();
        settings.forEach(options::setString);
        options.set(JobOptions.MODE, mode);
        kafka.addTo(options);
        models.addTo(options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(parallelism, options);
        ClearlineJob.define(env, options, models.shipped());
        System.err.println("Running against " + kafka.bootstrapServers() + " ...");
        env.execute("Clearline");
        return 0;
    }
}
