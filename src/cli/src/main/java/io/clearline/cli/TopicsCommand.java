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

import io.clearline.kafka.KafkaTopics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clearline topics}: creates the topics with the settings that the job needs. */
@Command(
        name = "topics",
        description =
                "Create the missing topics with the settings that the job needs. Existing topics are not" + " changed.")
final class TopicsCommand implements Callable<Integer> {
    @Within(min = 1)
    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Number of partitions of the topics with streams, at least as many as the job will ever have"
                    + " subtasks (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Within(min = 1)
    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of replicas of each partition (default: ${DEFAULT-VALUE}).")
    private short replicas;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        kafka.requireReachable();
        List<String> created = KafkaTopics.create(
                kafka.bootstrapServers(), kafka.settings(), KafkaTopics.of(kafka.topics(), partitions, replicas));
        created.forEach(topic -> System.out.println("Created " + topic));
        if (created.isEmpty()) {
            System.out.println("All topics exist already.");
        }
        return 0;
    }
}
