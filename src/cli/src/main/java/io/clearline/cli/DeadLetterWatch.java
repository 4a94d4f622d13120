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

import io.clearline.kafka.RecordReader;
import io.clearline.local.DaemonThreads;
import io.clearline.schemas.DeadFrame;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints the dead letters of a running job to the terminal, at most one line a second. */
final class DeadLetterWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 1000;

    private final DeadLetters letters;
    private final String topic;
    private final PrintStream console;
    private final ScheduledExecutorService executor = DaemonThreads.scheduled("clearline-dead-letters");

    private DeadLetterWatch(DeadLetters letters, String topic, PrintStream console) {
        this.letters = letters;
        this.topic = topic;
        this.console = console;
    }

    /**
     * Starts printing the dead letters that come from now on.
     *
     * @param records the records of the topic of dead letters; closed with the watch
     * @param topic the name of that topic, for the messages
     */
    static DeadLetterWatch start(RecordReader records, String topic, PrintStream console) {
        records.skipToEnd();
        DeadLetterWatch watch = new DeadLetterWatch(new DeadLetters(records, null, null), topic, console);
        watch.executor.scheduleWithFixedDelay(watch::poll, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private void poll() {
        try {
            List<DeadFrame> found = letters.poll();
            if (!found.isEmpty()) {
                console.println(text(found, topic));
            }
        } catch (IOException | RuntimeException e) {
            console.println("The topic " + topic + " can't be read: " + e.getMessage());
            executor.shutdown();
        }
    }

    /** Returns the line for one or more dead letters: their number and the last one with its position and reason. */
    static String text(List<DeadFrame> letters, String topic) {
        DeadFrame last = letters.get(letters.size() - 1);
        return (letters.size() == 1
                        ? "A record could not be processed and is in " + topic + ": "
                        : letters.size() + " records could not be processed and are in " + topic + ", the last: ")
                + last.getTopic() + " partition " + last.getPartition() + " offset " + last.getOffset() + ", "
                + last.getReason() + ": " + last.getDetail();
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        letters.close();
    }
}
