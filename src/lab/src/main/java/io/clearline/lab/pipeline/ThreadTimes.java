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
