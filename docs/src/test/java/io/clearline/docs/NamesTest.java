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
package io.clearline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.gateway.media.SessionCounter;
import io.clearline.grafana.FlinkMetric;
import io.clearline.job.JobMetric;
import io.clearline.job.JobOptions;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final Pattern OPTION = Pattern.compile("\\bclearline\\.[a-z][A-Za-z0-9.-]*[a-z0-9]");
    private static final Pattern METRIC = Pattern.compile("\\bflink_(?:task|job)manager_[A-Za-z_]+");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+(?:[A-Z][a-z0-9]+)+");
    /** File names that look like options. */
    private static final Pattern FILE = Pattern.compile(".*\\.(?:json|log|yml|yaml|md|jar|css)");
    /** Names on the pages that look like metrics, but are fields of records or other interfaces. */
    private static final Set<String> FIELDS =
            Set.of("streamId", "captureTimeMicros", "sampleRateHz", "lastOfStream", "dryShare");

    @Test
    void everyOptionAndTopicExists() throws IOException {
        Set<String> known = Stream.concat(OptionNames.all().stream(), Topics.DEFAULT.all().stream())
                .collect(Collectors.toSet());
        assertThat(found(OPTION))
                .isNotEmpty()
                .filteredOn(name -> !FILE.matcher(name.name()).matches()
                        && !name.name().startsWith(JobOptions.KAFKA_PREFIX)
                        && !(name.name() + ".").equals(JobOptions.KAFKA_PREFIX)
                        && known.stream().noneMatch(each -> each.equals(name.name()) || isGroup(each, name.name())))
                .isEmpty();
    }

    @Test
    void everyMetricByItsPrometheusNameExists() throws IOException {
        Set<String> known = Stream.concat(
                        Stream.of(JobMetric.values()).map(JobMetric::prometheusName),
                        Stream.of(FlinkMetric.values()).map(FlinkMetric::prometheusName))
                .collect(Collectors.toSet());
        assertThat(found(METRIC))
                .isNotEmpty()
                .filteredOn(name -> !known.contains(name.name()) && !name.name().endsWith("_"))
                .isEmpty();
    }

    @Test
    void everyMetricByItsShortNameExists() throws IOException {
        Set<String> known = Stream.concat(
                        Stream.of(JobMetric.values()).map(JobMetric::metricName),
                        Stream.of(SessionCounter.values()).map(SessionCounter::fieldName))
                .collect(Collectors.toSet());
        List<Name> unknown = Documents.pages().stream()
                .flatMap(page -> page.codeSpans().stream().map(span -> new Name(span, page.path())))
                .filter(span -> CAMEL_CASE.matcher(span.name()).matches())
                .filter(span -> !FIELDS.contains(span.name()) && !known.contains(span.name()))
                .toList();
        assertThat(unknown).isEmpty();
    }

    private record Name(String name, String document) {}

    private static List<Name> found(Pattern pattern) throws IOException {
        return Documents.all().stream()
                .flatMap(document -> pattern.matcher(document.source())
                        .results()
                        .map(match -> new Name(match.group(), document.path())))
                .toList();
    }

    /** Returns whether a name is a prefix of options, such as clearline.overload of clearline.overload.deadline. */
    private static boolean isGroup(String option, String name) {
        return option.startsWith(name + ".");
    }
}
