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

/** The parts among which processor time is divided. */
public enum CpuPart {
    /** The forward pass of the network. */
    KERNEL("kernel"),
    /** Analysis, features, mask and synthesis. */
    STFT("stft"),
    /** The rest of the job's own code: codec, reordering, state, output records. */
    JOB("job"),
    /** Flink: exchange between tasks, mailboxes, state backend and coordination. */
    FLINK("flink"),
    /** Kafka's consumer and producer inside the job. */
    KAFKA_CLIENT("kafkaClient"),
    /** The job's JVM itself: garbage collector and compilers. */
    JVM("jvm"),
    /** The Kafka broker, a process of its own. */
    BROKER("broker"),
    /** Load generator and listener, which run in this process. */
    GENERATOR("generator");

    private final String label;

    CpuPart(String label) {
        this.label = label;
    }

    /** Returns the name of the part in reports and result files. */
    public String label() {
        return label;
    }
}
