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

import io.clearline.inference.network.NetworkParameters;
import java.io.IOException;
import java.nio.file.Path;

/** A training in single steps, which can be stopped and resumed between any two steps. Thread-confined. */
public interface Trainer extends AutoCloseable {
    /** Returns the number of steps done. */
    int step();

    /** Returns whether all steps are done. */
    boolean isDone();

    /**
     * Performs one step.
     *
     * @return the loss before the step, in the unit of the objective
     * @throws ArithmeticException if the loss is not finite
     */
    double train();

    /** Returns the current network. */
    NetworkParameters network();

    /**
     * Writes the complete state of the training, atomically.
     *
     * @throws IOException if the file cannot be written
     */
    void checkpoint(Path file) throws IOException;

    /** Releases threads that work in the background. */
    @Override
    void close();
}
