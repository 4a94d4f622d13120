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

import io.clearline.local.PrometheusMetrics;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** The option of the port for Prometheus, for the commands that run Flink. */
final class MetricsOptions {
    @Within(min = 0, max = Within.MAX_PORT)
    @Option(
            names = PrometheusMetrics.OPTION,
            paramLabel = "PORT",
            description = "Serve the metrics of Flink and the job to Prometheus on this port; 0 selects a free port"
                    + " (default: no metrics are served).")
    private Integer port;

    /** Returns the port, with a free one chosen for 0; null if no metrics are served. */
    Integer port() throws IOException {
        port = PrometheusMetrics.choose(port);
        return port;
    }

    /** Adds the port to those that must differ. */
    void addTo(DistinctPorts ports) {
        ports.with(PrometheusMetrics.OPTION, port);
    }

    /** Returns the URL of the metrics, available once Flink runs. */
    Optional<String> address() {
        return Optional.ofNullable(port).map(number -> "http://localhost:" + number + "/metrics");
    }

    void addTo(Configuration flink) throws IOException {
        PrometheusMetrics.requireFree(port());
        PrometheusMetrics.addTo(flink, port());
    }
}
