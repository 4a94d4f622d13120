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

/** A Kafka broker in a JVM of its own that can be killed and restarted. Thread-confined. */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final JvmProcess process;
    private final String bootstrapServers;

    /**
     * Prepares the process; {@link #start} starts it.
     *
     * @param folder folder of the log and the data
     */
    public BrokerProcess(Path folder) throws IOException {
        int port = Ports.free();
        // No FaultyLink here: the job's listener advertises its own port.
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

    /** Starts the process without waiting until the broker answers. */
    public void start() throws IOException {
        process.start();
    }

    /** Waits until the broker answers. */
    public void awaitAnswer() throws IOException {
        new RemoteBroker(bootstrapServers).awaitBroker("the broker, see " + process.log(), TIMEOUT);
    }

    /** Creates the topics of a job with the default prefix. */
    public void createTopics(int partitions) throws IOException {
        KafkaTopics.create(bootstrapServers, new Properties(), LocalPlatform.topics(Topics.DEFAULT, partitions));
    }

    /** Returns the address of the plain listener, as host:port. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Returns the processor time of all threads so far. */
    public Duration cpu() {
        return process.cpu();
    }

    /** Sends SIGKILL; the data stay. */
    public void kill() throws IOException {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
