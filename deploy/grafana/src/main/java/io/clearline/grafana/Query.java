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
 * A PromQL expression of a panel. Queries are built from the constants of metrics, so that none refers to a metric that
 * does not exist. Sums are over subtasks. Immutable.
 *
 * @param expression PromQL with Grafana's variables {@code $job} and {@code $__rate_interval}
 * @param legend Grafana's template for the name of a line
 */
public record Query(String expression, String legend) {
    private static final String SELECTOR = "job_name=~\"$job\"";

    /** Returns the rate of a counter per second. */
    static Query rate(JobMetric metric, String legend) {
        return new Query(rate(metric), legend);
    }

    /** Returns the rate of a counter per second for each value of its label. */
    static Query rateByLabel(JobMetric metric) {
        return new Query(
                "sum by (%s) (rate(%s[$__rate_interval]))".formatted(metric.label(), series(metric.prometheusName())),
                "{{" + metric.label() + "}}");
    }

    /** Returns the rate of a counter as a share of that of another, from 0 to 1. */
    static Query share(JobMetric part, JobMetric whole, String legend) {
        return new Query(rate(part) + " / " + rate(whole), legend);
    }

    /** Returns the share of a counter's rate that remains without that of another, from 0 to 1. */
    static Query rest(JobMetric whole, JobMetric less, String legend) {
        return new Query("1 - " + rate(less) + " / " + rate(whole), legend);
    }

    /** Returns the quotient of two counters' rates. */
    static Query ratio(JobMetric numerator, JobMetric denominator, String legend) {
        return share(numerator, denominator, legend);
    }

    /** Returns the sum of a gauge. */
    static Query sum(JobMetric metric, String legend) {
        return new Query("sum(" + series(metric.prometheusName()) + ")", legend);
    }

    /** Returns the sum of a gauge for each value of its label: for a 0 or 1 gauge, the number of subtasks. */
    static Query sumByLabel(JobMetric metric) {
        return new Query(
                "sum by (%s) (%s)".formatted(metric.label(), series(metric.prometheusName())),
                "{{" + metric.label() + "}}");
    }

    /** Returns a quantile of a histogram in the worst subtask, divided by {@code divisor}. */
    static Query quantile(JobMetric metric, String quantile, double divisor, String legend) {
        String worst = "max(%s{%s, quantile=\"%s\"})".formatted(metric.prometheusName(), SELECTOR, quantile);
        return new Query(divisor == 1 ? worst : worst + " / " + number(divisor), legend);
    }

    /** Returns the mean over subtasks of a histogram's median, divided by {@code divisor}. */
    static Query median(JobMetric metric, double divisor, String legend) {
        String median = "avg(%s{%s, quantile=\"0.5\"})".formatted(metric.prometheusName(), SELECTOR);
        return new Query(divisor == 1 ? median : median + " / " + number(divisor), legend);
    }

    /** Returns the share of a core that each subtask uses, from a counter of nanoseconds of work. */
    static Query coreShare(JobMetric nanos) {
        return new Query(
                "sum by (subtask_index) (rate(%s[$__rate_interval])) / 1e9".formatted(series(nanos.prometheusName())),
                "subtask {{subtask_index}}");
    }

    /** Returns the sum of a Flink metric. */
    static Query sum(FlinkMetric metric, String legend) {
        return new Query("sum(" + series(metric.prometheusName()) + ")", legend);
    }

    /** Returns the maximum of a Flink metric. */
    static Query max(FlinkMetric metric, String legend) {
        return new Query("max(" + series(metric.prometheusName()) + ")", legend);
    }

    /** Returns the maximum of a Flink metric for each task, divided by {@code divisor}. */
    static Query maxByTask(FlinkMetric metric, double divisor) {
        return new Query(
                "max by (task_name) (%s) / %s".formatted(series(metric.prometheusName()), number(divisor)),
                "{{task_name}}");
    }

    /** Returns a Flink metric of each TaskManager. Such a metric has no job label. */
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
