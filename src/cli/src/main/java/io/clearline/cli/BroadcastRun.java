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

/** How {@code ingest} and {@code egress} run and end: on SIGTERM the JVM waits until they have said their last. */
final class BroadcastRun {
    private static final long END_SECONDS = 14;

    private BroadcastRun() {}

    /** What runs until it ends or is stopped. */
    interface Body {
        void run() throws IOException;
    }

    /**
     * Runs it.
     *
     * @param stop makes the body return; called by another thread
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
            done.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @throws IOException when the program is not there */
    static void requireFfmpeg() throws IOException {
        if (!FfmpegProcess.isInstalled()) {
            throw new IOException("There is no program ffmpeg on the path. Install it (apt install ffmpeg).");
        }
    }

    /** Both begin without Kafka too. */
    static void warnWithoutKafka(KafkaOptions kafka, String topic, BroadcastReport report) {
        try {
            kafka.requireTopics(topic);
        } catch (IOException e) {
            report.event(e.getMessage() + " Trying on until it is there.");
        }
    }
}
