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

/** The metrics of Flink and its Kafka connector that the dashboard or an alert reads, with their Prometheus names. */
public enum FlinkMetric {
    /** Number of records of the raw topic that a source subtask has not read yet. */
    RECORDS_PENDING("flink_taskmanager_job_task_operator_pendingRecords"),
    /** The largest lag of a partition in records, as the Kafka client reports it. */
    RECORDS_LAG_MAX("flink_taskmanager_job_task_operator_KafkaSourceReader_KafkaConsumer_records_lag_max"),
    /** Milliseconds per second that a task is busy. */
    BUSY("flink_taskmanager_job_task_busyTimeMsPerSecond"),
    /** Milliseconds per second that a task is back-pressured. */
    BACK_PRESSURED("flink_taskmanager_job_task_backPressuredTimeMsPerSecond"),
    /** Used bytes of a TaskManager's heap. */
    HEAP_USED("flink_taskmanager_Status_JVM_Memory_Heap_Used"),
    /** Number of completed checkpoints. */
    CHECKPOINTS_COMPLETED("flink_jobmanager_job_numberOfCompletedCheckpoints"),
    /** Number of failed checkpoints. */
    CHECKPOINTS_FAILED("flink_jobmanager_job_numberOfFailedCheckpoints"),
    /** Duration of the newest checkpoint in milliseconds. */
    CHECKPOINT_DURATION("flink_jobmanager_job_lastCheckpointDuration"),
    /** Size of the newest checkpoint in bytes. */
    CHECKPOINT_SIZE("flink_jobmanager_job_lastCheckpointFullSize"),
    /** Number of restarts of the job. */
    RESTARTS("flink_jobmanager_job_numRestarts");

    private final String prometheusName;

    FlinkMetric(String prometheusName) {
        this.prometheusName = prometheusName;
    }

    /** Returns the name under which Flink's Prometheus reporter exports the metric. */
    public String prometheusName() {
        return prometheusName;
    }
}
