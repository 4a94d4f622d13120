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
 * A time in which frames may have had to wait: a stop of a JVM, a checkpoint, or a compiler that takes a core.
 *
 * @param what a few words
 * @param startMicros since 1970
 */
record Pause(String what, long startMicros, double millis) {

    boolean overlaps(long fromMicros, long toMicros) {
        return startMicros < toMicros && startMicros + 1000 * millis > fromMicros;
    }

    /** The same, told of a process. */
    Pause in(String process) {
        return new Pause(process + ": " + what, startMicros, millis);
    }
}
