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
package io.clearline.lab.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Collects the counters of the enhancement operator for the {@link ProcessMeter} of the same JVM. Flink creates this
 * reporter if its configuration names {@link Factory}. Thread-safe.
 */
public final class JobCounters implements MetricReporter {
    private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();
    private static final Set<String> NAMES =
            Set.of("framesEnhancing", "framesOut", "framesBypassed", "kernelNanos", "batches", "hops");

    /** Creates the reporter; Flink finds it through the service file of this module. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(java.util.Properties properties) {
            return new JobCounters();
        }
    }

    /** Returns the current values by name, summed over subtasks. */
    static Map<String, Long> now() {
        Map<String, Long> sums = new TreeMap<>();
        COUNTERS.forEach((counter, name) -> sums.merge(name, counter.getCount(), Long::sum));
        return sums;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && NAMES.contains(name)) {
            COUNTERS.put(counter, name);
        }
    }

    /** Keeps the counters, because a replay is measured at the end of its job. */
    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
