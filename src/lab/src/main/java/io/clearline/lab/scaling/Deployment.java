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
package io.clearline.lab.scaling;

import java.nio.charset.StandardCharsets;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Size of a simulated job with one subtask on each core and twice as many partitions as subtasks. Immutable.
 *
 * @param taskManagers number of TaskManagers
 * @param coresEach number of cores of each TaskManager
 * @param keyGroups number of key groups, {@code pipeline.max-parallelism}
 */
public record Deployment(int taskManagers, int coresEach, int keyGroups) {
    private static final int PARTITIONS_PER_SUBTASK = 2;

    /** Returns the number of subtasks, one for each core. */
    public int subtasks() {
        return taskManagers * coresEach;
    }

    /** Returns the subtask that reads a stream from Kafka, by Kafka's partitioner. */
    int source(String streamId) {
        int partitions = PARTITIONS_PER_SUBTASK * subtasks();
        byte[] key = streamId.getBytes(StandardCharsets.UTF_8);
        return BuiltInPartitioner.partitionForKey(key, partitions) % subtasks();
    }

    /** Returns the subtask that enhances a stream, by Flink's key groups. */
    int target(String streamId) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(streamId, keyGroups, subtasks());
    }

    /** Returns whether two subtasks run in the same TaskManager. */
    boolean inSameTaskManager(int subtask, int other) {
        return subtask / coresEach == other / coresEach;
    }
}
