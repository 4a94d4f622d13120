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

import java.util.concurrent.TimeUnit;

/**
 * A clock in microseconds since 1970 that never jumps: it reads the system clock once and then follows the monotonic
 * clock. Thread-safe.
 */
final class RunClock {
    private static final long MICROS_AT_START =
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - System.nanoTime() / 1000;

    private RunClock() {}

    /** Returns the current time in microseconds since 1970. */
    static long micros() {
        return MICROS_AT_START + System.nanoTime() / 1000;
    }

    /** Sleeps until the given time; returns at once if it has passed. */
    static void sleepUntil(long micros) throws InterruptedException {
        long left = micros - micros();
        if (left > 0) {
            TimeUnit.MICROSECONDS.sleep(left);
        }
    }
}
