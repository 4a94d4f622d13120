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
import org.apache.flink.configuration.Configuration;

/**
 * Configures Flink's Prometheus reporter, from which Prometheus reads every metric of Flink and the job over HTTP.
 * Stateless.
 */
public final class PrometheusMetrics {
    /** The command-line option with the port of the metrics. */
    public static final String OPTION = "--metrics";

    private static final String REPORTER = "prom";
    private static final String FACTORY = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";

    private PrometheusMetrics() {}

    /**
     * Checks that the port is free.
     *
     * @param port null if no metrics are wanted
     * @throws IOException if the port is in use; the message names it and the option for another one
     */
    public static void requireFree(Integer port) throws IOException {
        if (port != null) {
            Ports.requireFree(port, "Flink's metrics", OPTION);
        }
    }

    /** Returns the given port, or a free one for 0; null for null. */
    public static Integer choose(Integer port) throws IOException {
        return port != null && port == 0 ? Integer.valueOf(Ports.free()) : port;
    }

    /**
     * Adds the reporter to the configuration of a cluster. Reporters that are configured already are kept.
     *
     * @param port null to add nothing
     */
    public static void addTo(Configuration configuration, Integer port) {
        if (port == null) {
            return;
        }
        String others = configuration.getString("metrics.reporters", "");
        configuration.setString("metrics.reporters", others.isBlank() ? REPORTER : others + "," + REPORTER);
        configuration.setString("metrics.reporter." + REPORTER + ".factory.class", FACTORY);
        configuration.setString("metrics.reporter." + REPORTER + ".port", Integer.toString(port));
    }
}
