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
package io.clearline.grafana;

import io.clearline.job.JobMetric;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds names of metrics in texts. */
final class MetricNames {
    private static final Pattern NAME = Pattern.compile("\\bflink_[A-Za-z_]+");

    private MetricNames() {}

    /** Returns the metrics that occur in a text, such as a PromQL expression. */
    static Stream<String> in(String text) {
        return NAME.matcher(text).results().map(MatchResult::group);
    }

    /** Returns the metrics that the job exports, and those of Flink that dashboard and alerts read. */
    static Set<String> existing() {
        return Stream.concat(
                        Stream.of(JobMetric.values())
                                .filter(metric -> metric.kind() != JobMetric.Kind.TEXT)
                                .map(JobMetric::prometheusName),
                        Stream.of(FlinkMetric.values()).map(FlinkMetric::prometheusName))
                .collect(Collectors.toSet());
    }
}
