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

/**
 * A PromQL expression of a panel and what its lines are called. Made from metrics by their constants, so that no query
 * names one that does not exist. Sums run over subtasks.
 *
 * @param expression PromQL with Grafana's variables {@code $job} and {@code $__rate_interval}
 * @param legend Grafana's template of a line's name
 */
public record Query(String expression, String legend) {
    private static final String SELECTOR = "job_name=~\"$job\"";

    /** A counter's growth in a second. */
    static Query rate(JobMetric metric, String legend) {
        return new Query(rate(metric), legend);
    }

    /** A counter's growth in a second for each value of its label. */
    static Query rateByLabel(JobMetric metric) {
        return new Query(
                "sum by (%s) (rate(%s[$__rate_interval]))".formatted(metric.label(), series(metric.prometheusName())),
                "{{" + metric.label() + "}}");
    }

    /** One counter's growth as a share of another's, 0 to 1. */
    static Query share(JobMetric part, JobMetric whole, String legend) {
        return new Query(rate(part) + " / " + rate(whole), legend);
    }

    /** What is left of a counter's growth without that of others, as a share of it. */
    static Query rest(JobMetric whole, JobMetric less, String legend) {
        return new Query("1 - " + rate(less) + " / " + rate(whole), legend);
    }

    /** One counter's growth divided by another's. */
    static Query ratio(JobMetric numerator, JobMetric denominator, String legend) {
        return share(numerator, denominator, legend);
    }

    /** A gauge, summed. */
    static Query sum(JobMetric metric, String legend) {
        return new Query("sum(" + series(metric.prometheusName()) + ")", legend);
    }

    /** How many subtasks have each value of a gauge's label in use. */
    static Query sumByLabel(JobMetric metric) {
        return new Query(
                "sum by (%s) (%s)".formatted(metric.label(), series(metric.prometheusName())),
                "{{" + metric.label() + "}}");
    }

    /** A quantile of a histogram: the worst subtask's. */
    static Query quantile(JobMetric metric, String quantile, double divisor, String legend) {
        String worst = "max(%s{%s, quantile=\"%s\"})".formatted(metric.prometheusName(), SELECTOR, quantile);
        return new Query(divisor == 1 ? worst : worst + " / " + number(divisor), legend);
    }

    /** The median of a histogram, averaged over the subtasks. */
    static Query median(JobMetric metric, double divisor, String legend) {
        String median = "avg(%s{%s, quantile=\"0.5\"})".formatted(metric.prometheusName(), SELECTOR);
        return new Query(divisor == 1 ? median : median + " / " + number(divisor), legend);
    }

    /** Nanoseconds of work in a second of each subtask, as a share of a core. */
    static Query coreShare(JobMetric nanos) {
        return new Query(
                "sum by (subtask_index) (rate(%s[$__rate_interval])) / 1e9".formatted(series(nanos.prometheusName())),
                "subtask {{subtask_index}}");
    }

    /** A metric of Flink's as it is. */
    static Query sum(FlinkMetric metric, String legend) {
        return new Query("sum(" + series(metric.prometheusName()) + ")", legend);
    }

    /** A metric of Flink's: the largest. */
    static Query max(FlinkMetric metric, String legend) {
        return new Query("max(" + series(metric.prometheusName()) + ")", legend);
    }

    /** A metric of Flink's: the largest of each task. */
    static Query maxByTask(FlinkMetric metric, double divisor) {
        return new Query(
                "max by (task_name) (%s) / %s".formatted(series(metric.prometheusName()), number(divisor)),
                "{{task_name}}");
    }

    /** A metric of Flink's that belongs to a process, not to a job. */
    static Query ofProcess(FlinkMetric metric) {
        return new Query("max by (tm_id) (" + metric.prometheusName() + ")", "{{tm_id}}");
    }

    private static String rate(JobMetric metric) {
        return "sum(rate(" + series(metric.prometheusName()) + "[$__rate_interval]))";
    }

    private static String series(String name) {
        return name + "{" + SELECTOR + "}";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
