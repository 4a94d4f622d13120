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

import java.io.IOException;
import java.time.Duration;

/**
 * Ends a long-running command on Ctrl-C within a bounded time. The JVM waits for every shutdown hook, and what a hook
 * closes may wait for a broker that is gone or for a task that does not let go.
 */
final class Shutdown {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int TERMINATED = 143;

    private Shutdown() {}

    /** What is to be closed. */
    interface Closing {
        void close() throws IOException;
    }

    /** Closes this when the JVM ends; the JVM ends after fifteen seconds in any case. */
    static void closeAtExit(Closing closing) {
        closeAtExit(Duration.ZERO, closing);
    }

    /** As {@link #closeAtExit(Closing)}, with more time than the fifteen seconds. */
    static void closeAtExit(Duration more, Closing closing) {
        Duration patience = PATIENCE.plus(more);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(closing, patience), "clearline-down"));
    }

    /** As {@link #closeAtExit}, for a command that closes everything itself: only the bound. */
    static void haltAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> startLimit(PATIENCE), "clearline-down"));
    }

    private static void startLimit(Duration patience) {
        Thread limit = new Thread(() -> haltLate(patience), "clearline-down-limit");
        // The JVM does not wait for it.
        limit.setDaemon(true);
        limit.start();
    }

    private static void close(Closing closing, Duration patience) {
        startLimit(patience);
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            System.err.println("clearline: " + e.getMessage());
        }
    }

    private static void haltLate(Duration patience) {
        try {
            Thread.sleep(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(
                "clearline: not everything stopped within " + patience.toSeconds() + " seconds; leaving it.");
        Runtime.getRuntime().halt(TERMINATED);
    }
}
