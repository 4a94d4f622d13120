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
package io.clearline.lab.cluster;

import io.clearline.kafka.KafkaTopics;
import io.clearline.kafka.Topics;
import io.clearline.local.LocalPlatform;
import io.clearline.local.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** A broker in a JVM of its own, which can be killed and started again. One thread uses it. */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final JvmProcess process;
    private final String bootstrapServers;

    /**
     * Describes it; {@link #start} starts it.
     *
     * @param folder of its log and its data
     */
    public BrokerProcess(Path folder) throws IOException {
        int port = Ports.free();
        // Nothing stands between a job and the broker here: the job's listener leads to itself.
        String jobPort = Integer.toString(Ports.free());
        bootstrapServers = "localhost:" + port;
        process = new JvmProcess(
                "broker",
                folder,
                JvmProcess.ownClassPath(),
                List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC", JvmProcess.LOGGING),
                List.of(
                        BrokerMain.class.getName(),
                        folder.resolve("kafka").toString(),
                        Integer.toString(port),
                        jobPort,
                        jobPort));
    }

    /** Starts it; returns before it answers. */
    public void start() throws IOException {
        process.start();
    }

    /** Waits until it answers. */
    public void awaitAnswer() throws IOException {
        new RemoteBroker(bootstrapServers).awaitBroker("the broker, see " + process.log(), PATIENCE);
    }

    /** Makes the topics of a job. */
    public void createTopics(int partitions) throws IOException {
        KafkaTopics.create(bootstrapServers, new Properties(), LocalPlatform.topics(Topics.DEFAULT, partitions));
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Processor time so far, of all its threads. */
    public Duration cpu() {
        return process.cpu();
    }

    /** SIGKILL; its data stay. */
    public void kill() throws IOException {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
