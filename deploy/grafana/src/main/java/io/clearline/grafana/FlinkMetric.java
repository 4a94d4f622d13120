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

/** Metrics of Flink and of its Kafka connector that the dashboard or an alert reads, by their names in Prometheus. */
public enum FlinkMetric {
    /** Records of the raw topic that were not read yet, of each source subtask. */
    RECORDS_PENDING("flink_taskmanager_job_task_operator_pendingRecords"),
    /** The same as Kafka's client knows it: the largest lag of a partition. */
    RECORDS_LAG_MAX("flink_taskmanager_job_task_operator_KafkaSourceReader_KafkaConsumer_records_lag_max"),
    /** Milliseconds of a second in which a task works. */
    BUSY("flink_taskmanager_job_task_busyTimeMsPerSecond"),
    /** Milliseconds of a second in which a task waits for the one behind it. */
    BACK_PRESSURED("flink_taskmanager_job_task_backPressuredTimeMsPerSecond"),
    /** Bytes of the TaskManager's heap in use. */
    HEAP_USED("flink_taskmanager_Status_JVM_Memory_Heap_Used"),
    /** Checkpoints that are complete. */
    CHECKPOINTS_COMPLETED("flink_jobmanager_job_numberOfCompletedCheckpoints"),
    /** Checkpoints that failed. */
    CHECKPOINTS_FAILED("flink_jobmanager_job_numberOfFailedCheckpoints"),
    /** Milliseconds that the newest checkpoint took. */
    CHECKPOINT_DURATION("flink_jobmanager_job_lastCheckpointDuration"),
    /** Bytes of the newest checkpoint. */
    CHECKPOINT_SIZE("flink_jobmanager_job_lastCheckpointFullSize"),
    /** How often the job started again. */
    RESTARTS("flink_jobmanager_job_numRestarts");

    private final String prometheusName;

    FlinkMetric(String prometheusName) {
        this.prometheusName = prometheusName;
    }

    /** The name that Flink's Prometheus reporter gives it. */
    public String prometheusName() {
        return prometheusName;
    }
}
