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

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counters of this JVM: those of the job, the requests of its Kafka clients, and the time of its compilers. Stateless.
 */
final class ProcessCounters {
    /** Name of the total time of the just-in-time compilers, in milliseconds. */
    static final String COMPILE_MILLIS = "compileMillis";

    private ProcessCounters() {}

    /** Returns the current values by name. */
    static Map<String, Long> now() {
        Map<String, Long> counters = new TreeMap<>(JobCounters.now());
        counters.putAll(KafkaRequests.now());
        counters.put(COMPILE_MILLIS, ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
        return counters;
    }
}
