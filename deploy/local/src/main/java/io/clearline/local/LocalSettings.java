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
package io.clearline.local;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How to run the platform in this process.
 *
 * @param folder where Kafka's data and the checkpoints lie; null: a temporary one that goes when the platform closes
 * @param checkpoints where checkpoints go; null: below {@code folder}
 * @param kafkaPort port of Kafka; 0 takes a free one
 * @param webPort port of Flink's web page; 0 takes a free one
 * @param partitions of each topic with streams
 * @param slots tasks that run side by side
 * @param secure Kafka takes clients by TLS and password only, each with the rights of
 *     {@link io.clearline.kafka.KafkaAcls}
 * @param metricsPort where Prometheus may read Flink's metrics and the job's; null: nowhere
 */
public record LocalSettings(
        Path folder,
        Path checkpoints,
        int kafkaPort,
        int webPort,
        int partitions,
        int slots,
        boolean secure,
        Integer metricsPort) {

    /** Everything temporary, on free ports, open to everyone on this machine. */
    public static LocalSettings temporary(int partitions, int slots) {
        return new LocalSettings(null, null, 0, 0, partitions, slots, false, null);
    }

    /** These, with data that stay. */
    public LocalSettings in(Path newFolder) {
        return new LocalSettings(newFolder, checkpoints, kafkaPort, webPort, partitions, slots, secure, metricsPort);
    }

    /** These, with another place for checkpoints. */
    public LocalSettings checkpointsIn(Path newFolder) {
        return new LocalSettings(folder, newFolder, kafkaPort, webPort, partitions, slots, secure, metricsPort);
    }

    /** These, at given ports. */
    public LocalSettings onPorts(int kafka, int web) {
        return new LocalSettings(folder, checkpoints, kafka, web, partitions, slots, secure, metricsPort);
    }

    /** These, with TLS, passwords and ACLs or without. */
    public LocalSettings secured(boolean secured) {
        return new LocalSettings(folder, checkpoints, kafkaPort, webPort, partitions, slots, secured, metricsPort);
    }

    /** These, with metrics for Prometheus at a port, or without where it is null. */
    public LocalSettings metricsOn(Integer port) {
        return new LocalSettings(folder, checkpoints, kafkaPort, webPort, partitions, slots, secure, port);
    }

    /**
     * Looks whether the ports are free: a quick check to be made before anything is loaded or started.
     *
     * @throws IOException that names the port and the option for another one
     */
    public void requireFreePorts() throws IOException {
        Ports.requireFree(kafkaPort, "Kafka", "--kafka-port");
        Ports.requireFree(webPort, "Flink's web page", "--web-port");
        PrometheusMetrics.requireFree(metricsPort);
    }
}
