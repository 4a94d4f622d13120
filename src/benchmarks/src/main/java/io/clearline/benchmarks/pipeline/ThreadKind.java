package io.clearline.benchmarks.pipeline;

import java.util.regex.Pattern;

/** What a thread of the job's JVM does, by its name. */
enum ThreadKind {
    /** Runs the enhancement operator and what is chained to it. */
    OPERATOR,
    /** Runs another part of the job's graph. */
    TASK,
    /** Of Kafka's consumer or producer. */
    KAFKA_CLIENT,
    /** Everything else. */
    OTHER;

    private static final Pattern TASK_NAME = Pattern.compile(".*\\(\\d+/\\d+\\)#\\d+");

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
