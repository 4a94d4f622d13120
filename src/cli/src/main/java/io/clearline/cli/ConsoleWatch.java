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

import io.clearline.local.JobWatch;
import java.io.PrintStream;

/** Prints the restarts and failed checkpoints of a running job to the terminal. */
final class ConsoleWatch implements JobWatch.Listener {
    private final PrintStream console;

    ConsoleWatch(PrintStream console) {
        this.console = console;
    }

    @Override
    public void restarted(int restarts, String reason) {
        console.println("The job failed and restarts from its last checkpoint (restart " + restarts + "): " + reason);
    }

    @Override
    public void checkpointFailed(long failed, String reason) {
        console.println("A checkpoint failed (" + failed + " so far); the job continues: " + reason);
    }
}
