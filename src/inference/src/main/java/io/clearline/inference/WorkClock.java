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
package io.clearline.inference;

import io.clearline.dsp.HotPath;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Measures the processor time of the current thread, which does not include the time that the thread waits for a
 * processor. Falls back to {@link System#nanoTime} if the JVM does not measure processor time. Allocates nothing; a
 * call takes about a microsecond. Thread-safe.
 */
public final class WorkClock {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean HAS_CPU_TIME =
            THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private WorkClock() {}

    /**
     * Returns nanoseconds since an arbitrary origin. Only differences of values from the same thread are meaningful.
     */
    @HotPath
    public static long nanos() {
        return HAS_CPU_TIME ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
