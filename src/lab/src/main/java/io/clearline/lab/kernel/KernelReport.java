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
package io.clearline.lab.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.clearline.evaluation.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formats the kernel table as text and as JSON. Stateless. */
public final class KernelReport {

    private KernelReport() {}

    /** Returns the head of the text table. */
    public static String head() {
        return String.format(
                "%-10s %-7s %5s %9s %9s %6s %9s %10s",
                "divergence", "kernel", "batch", "GFLOP/s", "peak", "ratio", "frames/s", "bytes/call");
    }

    /** Returns one line of the text table. */
    public static String line(KernelMeasurement row) {
        return String.format(
                Locale.ROOT,
                "%-10s %-7s %5d %9.1f %9.1f %6.2f %9.0f %10d",
                row.divergence(),
                row.kernel(),
                row.batch(),
                row.gflops(),
                row.peakGflops(),
                row.ratio(),
                row.framesPerSecond(),
                row.bytesPerCall());
    }

    /** Writes {@code {"machine": ..., "results": [...]}}. */
    public static void writeJson(List<KernelMeasurement> rows, Path file) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", Machine.describe());
        json.put("results", rows);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
    }
}
