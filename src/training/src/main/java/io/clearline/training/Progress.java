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

/** Is told how long work goes on; the command line shows a bar. Called from one thread. */
public interface Progress {
    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String task, long steps) {
            // Nobody looks.
        }

        @Override
        public void step(String message) {
            // Nobody looks.
        }

        @Override
        public void end() {
            // Nobody looks.
        }
    };

    /** A task of so many steps begins. */
    void begin(String task, long steps);

    /** One step is done. */
    void step(String message);

    /** The task is over. */
    void end();
}
