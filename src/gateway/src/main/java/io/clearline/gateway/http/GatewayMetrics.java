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
package io.clearline.gateway.http;

import io.clearline.gateway.Gateway;
import io.clearline.gateway.media.SessionCounter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of a gateway in the format of Prometheus. Thread-safe. */
public final class GatewayMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Registers the metrics of a gateway. */
    public GatewayMetrics(Gateway gateway) {
        for (SessionCounter each : SessionCounter.values()) {
            FunctionCounter.builder(each.metricName(), gateway.counters(), counters -> counters.get(each))
                    .description(each.description())
                    .register(registry);
        }
        Gauge.builder("clearline.gateway.sessions", gateway, each -> each.sessions()
                        .size())
                .description("Running sessions.")
                .register(registry);
        Gauge.builder("clearline.gateway.dry.share", gateway, each -> each.counters()
                        .dryShare())
                .description("Share of the frames played that were not enhanced, since the start.")
                .register(registry);
        Gauge.builder("clearline.gateway.kafka.delivering", gateway, each -> each.isDelivering() ? 1 : 0)
                .description("Whether Kafka has acknowledged a frame within the last five seconds.")
                .register(registry);
        Gauge.builder("clearline.gateway.kafka.reading", gateway, each -> each.isReading() ? 1 : 0)
                .description("Whether the topic of enhanced frames has been found.")
                .register(registry);
        delay(gateway, 0.5);
        delay(gateway, 0.99);
        new JvmMemoryMetrics().bindTo(registry);
    }

    private void delay(Gateway gateway, double quantile) {
        Gauge.builder(
                        "clearline.gateway.added.delay.seconds",
                        gateway,
                        each -> each.addedDelay().quantileMillis(quantile) / 1000.0)
                .tag("quantile", Double.toString(quantile))
                .description("Delay from the arrival of a packet until it was played, since the start.")
                .register(registry);
    }

    /** Returns all metrics in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }
}
