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
package io.clearline.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for concurrency and reports, of the commands that enhance files. */
final class FileRunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Within(min = 1)
    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of files to enhance at the same time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Option(names = "--json", description = "Print a line of JSON for each file on standard output.")
    private boolean json;

    int jobs() {
        return jobs;
    }

    boolean json() {
        return json;
    }

    /** @param files number of files; 0 if it is not known */
    EnhanceReport report(int files) {
        return new EnhanceReport(spec.commandLine().getOut(), spec.commandLine().getErr(), files, quiet, json);
    }
}
