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

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.traces.Span;
import org.apache.flink.traces.reporter.TraceReporter;
import org.apache.flink.traces.reporter.TraceReporterFactory;

/**
 * Records the times of the job's checkpoints for the {@link ProcessMeter} of the same JVM. Flink creates this reporter
 * if its configuration names {@link Factory}. Thread-safe.
 */
public final class JobCheckpoints implements TraceReporter {
    private static final String SPAN_NAME = "Checkpoint";
    private static final ConcurrentLinkedQueue<Pause> CHECKPOINTS = new ConcurrentLinkedQueue<>();

    /** Creates the reporter; Flink finds it through the service file of this module. */
    public static final class Factory implements TraceReporterFactory {
        @Override
        public TraceReporter createTraceReporter(Properties properties) {
            return new JobCheckpoints();
        }
    }

    /** Removes and returns the checkpoints that have ended since the last call. */
    static List<Pause> drain() {
        List<Pause> ended = new ArrayList<>();
        for (Pause pause = CHECKPOINTS.poll(); pause != null; pause = CHECKPOINTS.poll()) {
            ended.add(pause);
        }
        return ended;
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedSpan(Span span) {
        if (span.getName().equals(SPAN_NAME)) {
            CHECKPOINTS.add(new Pause(
                    "checkpoint", 1000 * span.getStartTsMillis(), span.getEndTsMillis() - span.getStartTsMillis()));
        }
    }
}
