package io.clearline.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of this JVM at one moment.
 *
 * @param processNanos all of it, the JVM's own threads too
 * @param threads the Java threads, by id
 */
record ThreadTimes(long processNanos, Map<Long, One> threads) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    record One(ThreadKind kind, long nanos) {}

    static ThreadTimes now() {
        Map<Long, One> threads = new HashMap<>();
        for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = info == null ? -1 : THREADS.getThreadCpuTime(info.getThreadId());
            if (nanos >= 0) {
                threads.put(info.getThreadId(), new One(ThreadKind.of(info.getThreadName()), nanos));
            }
        }
        return new ThreadTimes(SYSTEM.getProcessCpuTime(), threads);
    }

    /** What the threads that live now have used since. */
    Map<ThreadKind, Long> since(ThreadTimes earlier) {
        Map<ThreadKind, Long> nanos = new EnumMap<>(ThreadKind.class);
        threads.forEach((id, one) -> {
            One before = earlier.threads.get(id);
            nanos.merge(one.kind, one.nanos - (before == null ? 0 : before.nanos), Long::sum);
        });
        return nanos;
    }
}
