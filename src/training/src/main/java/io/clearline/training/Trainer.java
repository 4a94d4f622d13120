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

/** A training that goes step by step and can be stopped and resumed between any two. One thread calls. */
public interface Trainer extends AutoCloseable {
    /** Steps done. */
    int step();

    /** Whether all steps are done. */
    boolean isDone();

    /**
     * Does one step.
     *
     * @return the loss before the step, in the unit of the objective
     * @throws ArithmeticException when the loss is no number
     */
    double train();

    /** The network as trained so far. */
    NetworkParameters network();

    /** Writes everything that going on needs, whole or not at all. */
    void checkpoint(Path file) throws IOException;

    @Override
    void close();
}
