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
package io.clearline.lab;

import io.clearline.lab.kernel.KernelComparison;
import io.clearline.lab.kernel.KernelMeasurement;
import io.clearline.lab.kernel.KernelReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the kernels with EJML and with the arithmetic peak of the core. */
@Command(
        name = "kernel",
        description = {
            "Measure the vector kernel, the scalar kernel and EJML on one core, with a network of 9 frames x 201 bins,"
                    + " 200 atoms and 25 layers.",
            "The peak is the rate of fused multiply-adds in registers, measured alternately with each row. Time is"
                    + " processor time; rates are medians."
        })
final class BenchKernelCommand implements Callable<Integer> {
    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file as JSON.")
    private Path json;

    @Option(names = "--quick", description = "Measure for seconds instead of minutes; the figures are rough.")
    private boolean quick;

    @Override
    public Integer call() throws IOException {
        List<KernelMeasurement> rows = new ArrayList<>();
        System.out.println(KernelReport.head());
        (quick ? KernelComparison.quick() : KernelComparison.thorough()).run(row -> {
            rows.add(row);
            System.out.println(KernelReport.line(row));
        });
        if (json != null) {
            KernelReport.writeJson(rows, json);
        }
        return 0;
    }
}
