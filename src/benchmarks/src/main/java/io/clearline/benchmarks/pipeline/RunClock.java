package io.clearline.benchmarks.pipeline;

import java.util.concurrent.TimeUnit;

/** Microseconds since 1970 that never jump: what the system's clock said once, and the monotonic clock from then on. Thread-safe. */
final class RunClock {
    private static final long MICROS_AT_START =
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - System.nanoTime() / 1000;

    private RunClock() {}

    static long micros() {
        return MICROS_AT_START + System.nanoTime() / 1000;
    }

    /** Lets the thread rest until then. */
    static void sleepUntil(long micros) throws InterruptedException {
        long left = micros - micros();
        if (left > 0) {
            TimeUnit.MICROSECONDS.sleep(left);
        }
    }
}
