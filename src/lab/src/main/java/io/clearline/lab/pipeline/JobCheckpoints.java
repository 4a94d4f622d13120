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
 * Keeps when the job made its checkpoints, where the meter of the same JVM finds it. Flink makes it, when its
 * configuration names {@link Factory}.
 */
public final class JobCheckpoints implements TraceReporter {
    private static final String CHECKPOINT = "Checkpoint";
    private static final ConcurrentLinkedQueue<Pause> SEEN = new ConcurrentLinkedQueue<>();

    /** Found by Flink through the service file of this module. */
    public static final class Factory implements TraceReporterFactory {
        @Override
        public TraceReporter createTraceReporter(Properties properties) {
            return new JobCheckpoints();
        }
    }

    /** The checkpoints that ended since this was asked last. */
    static List<Pause> ended() {
        List<Pause> ended = new ArrayList<>();
        for (Pause pause = SEEN.poll(); pause != null; pause = SEEN.poll()) {
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
        if (span.getName().equals(CHECKPOINT)) {
            SEEN.add(new Pause(
                    "checkpoint", 1000 * span.getStartTsMillis(), span.getEndTsMillis() - span.getStartTsMillis()));
        }
    }
}
