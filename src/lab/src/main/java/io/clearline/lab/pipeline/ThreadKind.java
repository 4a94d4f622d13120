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

import java.util.regex.Pattern;

/** The purpose of a thread of the job's JVM, derived from its name. */
enum ThreadKind {
    /** Runs the enhancement operator and the operators that are chained to it. */
    OPERATOR,
    /** Runs other operators of the job. */
    TASK,
    /** Belongs to a Kafka consumer or producer. */
    KAFKA_CLIENT,
    /** Everything else. */
    OTHER;

    /** Flink's task name, subtask, number of subtasks and attempt, such as {@code enhance (1/2)#0}. */
    private static final Pattern TASK_NAME = Pattern.compile(".*\\(\\d+/\\d+\\)#\\d+");

    /** Returns the kind of the thread with this name. */
    static ThreadKind of(String name) {
        if (name.startsWith("kafka-") || name.startsWith("Source Data Fetcher")) {
            return KAFKA_CLIENT;
        }
        if (!TASK_NAME.matcher(name).matches()) {
            return OTHER;
        }
        return name.contains("enhance") ? OPERATOR : TASK;
    }
}
