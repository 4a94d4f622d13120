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
 * Ends a long-running command on Ctrl-C within a bounded time. The bound is necessary because the JVM waits for every
 * shutdown hook, and a resource that a hook closes may wait for a broker that is down or a task that does not stop.
 * Stateless.
 */
final class Shutdown {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    /** 128 + SIGTERM, as shells report a terminated process. */
    private static final int EXIT_CODE_SIGTERM = 143;

    private Shutdown() {}

    /** The closing of a resource. */
    interface Closing {
        void close() throws IOException;
    }

    /** Closes a resource when the JVM shuts down. The JVM is halted if that takes longer than fifteen seconds. */
    static void closeAtExit(Closing closing) {
        closeAtExit(Duration.ZERO, closing);
    }

    /** As {@link #closeAtExit(Closing)}, with additional time before the JVM is halted. */
    static void closeAtExit(Duration additional, Closing closing) {
        Duration timeout = TIMEOUT.plus(additional);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(closing, timeout), "clearline-down"));
    }

    /** Only bounds the time of the shutdown, for a command that closes its resources itself. */
    static void haltAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> startLimit(TIMEOUT), "clearline-down"));
    }

    private static void startLimit(Duration timeout) {
        Thread limit = new Thread(() -> haltLate(timeout), "clearline-down-limit");
        // A daemon thread, so that the JVM does not wait for it.
        limit.setDaemon(true);
        limit.start();
    }

    private static void close(Closing closing, Duration timeout) {
        startLimit(timeout);
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            System.err.println("clearline: " + e.getMessage());
        }
    }

    private static void haltLate(Duration timeout) {
        try {
            Thread.sleep(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(
                "clearline: the program did not stop within " + timeout.toSeconds() + " seconds; halting it.");
        Runtime.getRuntime().halt(EXIT_CODE_SIGTERM);
    }
}
