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

import io.clearline.dsp.audio.FfmpegProcess;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code ingest} and {@code egress}. On SIGTERM the JVM waits until they have stopped and reported their final
 * figures.
 */
final class BroadcastRun {
    /** Less than the time after which {@link Shutdown} halts the JVM. */
    private static final long STOP_TIMEOUT_SECONDS = 14;

    private BroadcastRun() {}

    /** The work of a command, which runs until it ends or is stopped. */
    interface Body {
        void run() throws IOException;
    }

    /**
     * Runs the body.
     *
     * @param stop makes the body return; called by another thread when the JVM shuts down
     */
    static void run(Body body, Runnable stop) throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        Shutdown.closeAtExit(() -> {
            stop.run();
            await(done);
        });
        try {
            body.run();
        } finally {
            done.countDown();
        }
    }

    private static void await(CountDownLatch done) {
        try {
            done.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IOException if ffmpeg is not installed */
    static void requireFfmpeg() throws IOException {
        if (!FfmpegProcess.isInstalled()) {
            throw new IOException(
                    "Expected the program ffmpeg on the path, found none. Install it (apt install ffmpeg).");
        }
    }

    /** Reports a warning if Kafka is not available; both commands start without it and keep trying. */
    static void warnWithoutKafka(KafkaOptions kafka, String topic, BroadcastReport report) {
        try {
            kafka.requireTopics(topic);
        } catch (IOException e) {
            report.event(e.getMessage() + " Retrying until it is available.");
        }
    }
}
