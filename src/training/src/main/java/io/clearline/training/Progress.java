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
package io.clearline.training;

/** Receives the progress of a long-running task; the command line shows it as a bar. Called by one thread at a time. */
public interface Progress {
    /** Ignores all calls. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String task, long steps) {
            // Not shown.
        }

        @Override
        public void step(String message) {
            // Not shown.
        }

        @Override
        public void end() {
            // Not shown.
        }
    };

    /**
     * Begins a task.
     *
     * @param task its name
     * @param steps number of {@link #step} calls to expect
     */
    void begin(String task, long steps);

    /**
     * Reports that one step is done.
     *
     * @param message current state of the task; may be empty
     */
    void step(String message);

    /** Ends the task. */
    void end();
}
