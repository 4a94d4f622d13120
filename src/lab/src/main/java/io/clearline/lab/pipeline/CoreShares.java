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
 * Assignment of cores to the processes of a benchmark. With four cores or more, the broker and the load generator have
 * one core each and the job has the rest, so that they do not compete. With fewer cores all processes share all.
 * Immutable.
 *
 * <p>Each component is a list of cores as {@code taskset -c} takes it, such as {@code 2-7}, or empty for all cores.
 *
 * @param broker cores of the broker
 * @param generator cores of the load generator, which is this process
 * @param job cores of the job
 */
record CoreShares(String broker, String generator, String job) {
    private static final int MIN_CORES_TO_SPLIT = 4;

    /**
     * Assigns the cores of a machine.
     *
     * @param cores number of cores of the machine
     * @param jobCores number of cores to which the job is limited, or 0 for all that remain for it
     */
    static CoreShares of(int cores, int jobCores) {
        if (cores >= MIN_CORES_TO_SPLIT) {
            int last = jobCores == 0 ? cores - 1 : Math.min(cores - 1, 1 + jobCores);
            return new CoreShares("0", "1", "2-" + last);
        }
        return new CoreShares("", "", jobCores == 0 || jobCores >= cores ? "" : "0-" + (jobCores - 1));
    }

    /** Returns the command that starts another command on these cores; empty for all cores. */
    static List<String> prefix(String cores) {
        return cores.isEmpty() ? List.of() : List.of("taskset", "-c", cores);
    }

    /** Returns the assignment in words, for reports. */
    String describe() {
        return job.isEmpty() && broker.isEmpty()
                ? "all processes share all cores"
                : "job on cores " + job
                        + (broker.isEmpty()
                                ? ", the rest on all"
                                : ", broker on " + broker + ", load generator on " + generator);
    }
}
