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

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Processor time of this JVM at one moment. Immutable.
 *
 * @param processNanos time of the process, including the JVM's own threads
 * @param threads time of each Java thread, by thread id
 */
record ThreadTimes(long processNanos, Map<Long, ThreadTime> threads) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Processor time of one thread. */
    record ThreadTime(ThreadKind kind, long nanos) {}

    /** Returns the current times. */
    static ThreadTimes now() {
        Map<Long, ThreadTime> threads = new HashMap<>();
        for (ThreadInfo info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = info == null ? -1 : THREADS.getThreadCpuTime(info.getThreadId());
            if (nanos >= 0) {
                threads.put(info.getThreadId(), new ThreadTime(ThreadKind.of(info.getThreadName()), nanos));
            }
        }
        return new ThreadTimes(SYSTEM.getProcessCpuTime(), threads);
    }

    /** Returns the time since an earlier moment by kind, of the threads that are alive in this one. */
    Map<ThreadKind, Long> since(ThreadTimes earlier) {
        Map<ThreadKind, Long> nanos = new EnumMap<>(ThreadKind.class);
        threads.forEach((id, time) -> {
            ThreadTime before = earlier.threads.get(id);
            nanos.merge(time.kind, time.nanos - (before == null ? 0 : before.nanos), Long::sum);
        });
        return nanos;
    }
}
