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
package io.clearline.inference;

import io.clearline.dsp.HotPath;

/** Receives the finished hops of a {@link HopBatch}. */
@FunctionalInterface
public interface HopSink {

    /**
     * Receives one hop. The batch reuses the array of the samples after the call.
     *
     * @param owner the object that was passed to {@link HopBatch#add}
     * @param state the stream that the hop belongs to
     * @param samples {@code length} samples from {@code offset}, full scale 1.0
     */
    @HotPath
    void hopDone(Object owner, SignalState state, float[] samples, int offset, int length);
}
