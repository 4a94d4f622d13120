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

import io.clearline.local.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one Kafka broker as a program: {@code FOLDER PORT JOB_PORT ADVERTISED_JOB_PORT}.
 *
 * <p>The second listener serves the job. It directs its clients to the advertised port, on which a {@link FaultyLink}
 * can stand between the job and the broker. The broker shuts down cleanly on SIGTERM.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /**
     * Starts the broker and blocks until the process is terminated.
     *
     * @param args folder of the data, port of the plain listener, port of the job's listener, and the port that the
     *     job's listener advertises
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        Map<String, String> listeners = Map.of(
                "listeners",
                "PLAINTEXT://localhost:" + port + ",JOB://localhost:" + args[2]
                        + ",CONTROLLER://localhost:CONTROLLER_PORT",
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port + ",JOB://localhost:" + args[3],
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,JOB:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                // The controller registers a killed broker again only after its previous session has expired.
                "broker.session.timeout.ms",
                "3000",
                "broker.heartbeat.interval.ms",
                "500");
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), port, listeners);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-shutdown"));
        new CountDownLatch(1).await();
    }
}
