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

/** Makes the topics that the job, senders and readers need, with the settings that they need. */
@Command(
        name = "topics",
        description = "Make the topics that are not there yet, with the settings that the job needs; leaves others as"
                + " they are.")
final class TopicsCommand implements Callable<Integer> {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "2",
            description = "Partitions of the topics with streams, at least as many as the job will ever have subtasks"
                    + " (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "1",
            description = "Copies of each partition, on as many brokers (default: ${DEFAULT-VALUE}).")
    private short replicas;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        kafka.requireReachable();
        List<String> made = KafkaTopics.create(
                kafka.bootstrapServers(), kafka.settings(), KafkaTopics.of(kafka.topics(), partitions, replicas));
        made.forEach(topic -> System.out.println("Made " + topic));
        if (made.isEmpty()) {
            System.out.println("All topics are there.");
        }
        return 0;
    }
}
