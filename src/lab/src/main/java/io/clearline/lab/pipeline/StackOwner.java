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

import java.util.List;
import jdk.jfr.consumer.RecordedFrame;

/**
 * Attributes a stack to the part that owns its innermost method with an owner. Other libraries count for their caller.
 * Stateless.
 */
final class StackOwner {
    private static final String[] STFT = {"io.clearline.dsp.", "io.clearline.inference."};

    private StackOwner() {}

    /**
     * Returns the part that owns a stack; {@link CpuPart#FLINK} if no method has an owner.
     *
     * @param stack frames, innermost first
     */
    static CpuPart of(List<RecordedFrame> stack) {
        for (RecordedFrame frame : stack) {
            CpuPart part = ofClass(frame.getMethod().getType().getName());
            if (part != null) {
                return part;
            }
        }
        return CpuPart.FLINK;
    }

    /** Returns the part that owns a class, or null if none does. */
    static CpuPart ofClass(String name) {
        if (name.startsWith("io.clearline.inference.kernel.")) {
            return CpuPart.KERNEL;
        }
        for (String prefix : STFT) {
            if (name.startsWith(prefix)) {
                return CpuPart.STFT;
            }
        }
        if (name.startsWith("io.clearline.")) {
            return CpuPart.JOB;
        }
        if (name.startsWith("org.apache.kafka.")) {
            return CpuPart.KAFKA_CLIENT;
        }
        return name.startsWith("org.apache.flink.") ? CpuPart.FLINK : null;
    }
}
