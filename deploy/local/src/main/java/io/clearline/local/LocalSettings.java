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
 * The settings of a platform in this process. Immutable.
 *
 * @param folder folder of Kafka's data and the checkpoints; null for a temporary one that is deleted when the platform
 *     closes
 * @param checkpoints folder of the checkpoints; null for one below {@code folder}
 * @param kafkaPort port of Kafka; 0 takes a free one
 * @param webPort port of Flink's web page; 0 takes a free one
 * @param partitions number of partitions of each topic with streams
 * @param slots number of task slots
 * @param secure whether Kafka accepts clients only with TLS and a password, each with the ACLs of
 *     {@link io.clearline.kafka.KafkaAcls}
 * @param metricsPort port at which Prometheus reads the metrics of Flink and the job; null for none
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

    /** @throws IllegalArgumentException if there is no partition or no slot */
    public LocalSettings {
        if (partitions < 1 || slots < 1) {
            throw new IllegalArgumentException("Expected a parallelism of at least 1, found "
                    + Math.min(partitions, slots) + ". Set --parallelism to the number of parallel subtasks.");
        }
    }

    /** Returns settings of a temporary platform on free ports, open to every user of this machine. */
    public static LocalSettings temporary(int partitions, int slots) {
        return new LocalSettings(null, null, 0, 0, partitions, slots, false, null);
    }

    /** Returns these settings with a folder whose data are kept; null for a temporary one. */
    public LocalSettings in(Path newFolder) {
        return new LocalSettings(newFolder, checkpoints, kafkaPort, webPort, partitions, slots, secure, metricsPort);
    }

    /** Returns these settings with another folder for checkpoints. */
    public LocalSettings checkpointsIn(Path newFolder) {
        return new LocalSettings(folder, newFolder, kafkaPort, webPort, partitions, slots, secure, metricsPort);
    }

    /** Returns these settings with the given ports. */
    public LocalSettings onPorts(int kafka, int web) {
        return new LocalSettings(folder, checkpoints, kafka, web, partitions, slots, secure, metricsPort);
    }

    /** Returns these settings with or without TLS, passwords and ACLs. */
    public LocalSettings secured(boolean secured) {
        return new LocalSettings(folder, checkpoints, kafkaPort, webPort, partitions, slots, secured, metricsPort);
    }

    /** Returns these settings with metrics for Prometheus at the port; null for none. */
    public LocalSettings metricsOn(Integer port) {
        return new LocalSettings(folder, checkpoints, kafkaPort, webPort, partitions, slots, secure, port);
    }

    /**
     * Checks that the ports are free and differ, before anything is loaded or started.
     *
     * @throws IOException if a port can't be opened, or two are the same; the message names it and the option for
     *     another one
     */
    public void requireFreePorts() throws IOException {
        requireDifferentPorts();
        Ports.requireFree(kafkaPort, "Kafka", "--kafka-port");
        Ports.requireFree(webPort, "Flink's web page", "--web-port");
        PrometheusMetrics.requireFree(metricsPort);
    }

    private void requireDifferentPorts() throws IOException {
        String kafka = "Kafka (--kafka-port)";
        String web = "Flink's web page (--web-port)";
        Ports.requireDifferent(kafkaPort, kafka, webPort, web);
        if (metricsPort != null) {
            String metrics = "Flink's metrics (" + PrometheusMetrics.OPTION + ")";
            Ports.requireDifferent(metricsPort, metrics, kafkaPort, kafka);
            Ports.requireDifferent(metricsPort, metrics, webPort, web);
        }
    }
}
