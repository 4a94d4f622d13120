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
package io.clearline.local;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;

/** Describes the reason of a failure, of the job's above all, in one line. Stateless. */
final class JobFailure {
    private static final int MAX_CHARS = 300;
    /** Kafka's own message for it, "This server does not host this topic-partition", names no topic. */
    private static final String MISSING_TOPIC = "UnknownTopicOrPartitionException";

    private JobFailure() {}

    /** Returns the reason of the newest failure of a job or one of its tasks. */
    static String of(AccessExecutionGraph graph) {
        Stream<ErrorInfo> ofTasks = StreamSupport.stream(
                        graph.getAllExecutionVertices().spliterator(), false)
                .map(AccessExecutionVertex.class::cast)
                .flatMap(JobFailure::attempts)
                .map(AccessExecution::getFailureInfo)
                .flatMap(Optional::stream);
        return Stream.concat(ofTasks, Stream.ofNullable(graph.getFailureInfo()))
                .max(Comparator.comparingLong(ErrorInfo::getTimestamp))
                .map(failure -> reason(failure.getException()))
                .orElse("no reason is known");
    }

    private static Stream<AccessExecution> attempts(AccessExecutionVertex task) {
        Stream<AccessExecution> earlier =
                task.getExecutionHistory().getHistoricalExecutions().stream().map(AccessExecution.class::cast);
        return Stream.concat(earlier, Stream.of(task.getCurrentExecutionAttempt()));
    }

    /**
     * Returns the first line of the root cause. The exceptions that Flink wraps around it only name where it passed.
     */
    static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root.toString().contains(MISSING_TOPIC)) {
            return "a topic is missing; was it deleted? The job continues when it exists again.";
        }
        String text = root.getMessage() == null ? root.toString() : root.getMessage();
        String line = text.lines().findFirst().orElse(text).strip();
        return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "...";
    }
}
