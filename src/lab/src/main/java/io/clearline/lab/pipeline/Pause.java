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

/**
 * A period in which frames may have been delayed: a stop of a JVM, a checkpoint, or a compilation that took a core.
 * Immutable.
 *
 * @param what its cause, in a few words
 * @param startMicros start, in microseconds since 1970
 * @param millis duration
 */
record Pause(String what, long startMicros, double millis) {

    /** Returns whether the pause overlaps the given period. */
    boolean overlaps(long fromMicros, long toMicros) {
        return startMicros < toMicros && startMicros + 1000 * millis > fromMicros;
    }

    /** Returns this pause with the name of its process in front of the cause. */
    Pause in(String process) {
        return new Pause(process + ": " + what, startMicros, millis);
    }
}
