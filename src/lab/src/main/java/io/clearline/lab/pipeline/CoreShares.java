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

/**
 * Which cores each process may use. With four cores or more the broker and this process have one each and the job the
 * rest, so that neither takes from the other; with fewer all share all, as on a small machine.
 *
 * @param job such as {@code 2-7}; empty: any
 */
record CoreShares(String broker, String generator, String job) {
    private static final int ENOUGH = 4;

    /** @param jobCores cores that the job is held to; 0: as many as there are for it */
    static CoreShares of(int cores, int jobCores) {
        if (cores >= ENOUGH) {
            int last = jobCores == 0 ? cores - 1 : Math.min(cores - 1, 1 + jobCores);
            return new CoreShares("0", "1", "2-" + last);
        }
        return new CoreShares("", "", jobCores == 0 || jobCores >= cores ? "" : "0-" + (jobCores - 1));
    }

    /** The command that starts another command on these cores. */
    static List<String> prefix(String cores) {
        return cores.isEmpty() ? List.of() : List.of("taskset", "-c", cores);
    }

    /** For the report. */
    String describe() {
        return job.isEmpty() && broker.isEmpty()
                ? "all processes share all cores"
                : "job on cores " + job
                        + (broker.isEmpty()
                                ? ", the rest on all"
                                : ", broker on " + broker + ", load generator on " + generator);
    }
}
