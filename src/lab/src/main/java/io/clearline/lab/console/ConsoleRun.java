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
package io.clearline.lab.console;

import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.BrokerProcess;
import io.clearline.lab.cluster.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A broker and a console, each in a JVM of its own, with streams that are answered without a job. Thread-confined. */
public final class ConsoleRun implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final BrokerProcess broker;
    private AnsweredStreams streams;
    private ConsoleProcess console;

    private ConsoleRun(Path data) throws IOException {
        folder = Folders.untilExit(data);
        broker = new BrokerProcess(folder);
    }

    /**
     * Starts the broker, the streams and the console.
     *
     * @param data folder below which the broker keeps its data
     * @param streams number of concurrent streams
     * @param frameMillis time between two frames of a stream
     */
    public static ConsoleRun start(Path data, int streams, int frameMillis) throws IOException {
        ConsoleRun run = new ConsoleRun(data);
        try {
            run.broker.start();
            run.broker.awaitAnswer();
            run.broker.createTopics(PARTITIONS);
            run.streams = new AnsweredStreams(run.broker.bootstrapServers(), streams, frameMillis);
            run.console = new ConsoleProcess(run.folder, run.broker.bootstrapServers(), 0);
            return run;
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    ConsoleProcess console() {
        return console;
    }

    /** Runs the streams unmeasured. */
    public void settle(double seconds) throws IOException {
        Await.pause(Duration.ofMillis((long) (1000 * seconds)), "the end of a measurement of the console");
        streams.requireRunning();
    }

    /** Returns the resources used so far. */
    Use use() {
        return new Use(
                System.nanoTime() / NANOS_PER_SECOND,
                console.cpu().toNanos() / NANOS_PER_SECOND,
                broker.cpu().toNanos() / NANOS_PER_SECOND,
                streams.records());
    }

    /** Elapsed time, processor time of both processes, and number of records written, at one moment or between two. */
    record Use(double wallSeconds, double consoleSeconds, double brokerSeconds, long records) {
        Use since(Use before) {
            return new Use(
                    wallSeconds - before.wallSeconds,
                    consoleSeconds - before.consoleSeconds,
                    brokerSeconds - before.brokerSeconds,
                    records - before.records);
        }
    }

    @Override
    public void close() throws IOException {
        if (console != null) {
            console.close();
        }
        if (streams != null) {
            streams.close();
        }
        broker.close();
        Folders.delete(folder);
    }
}
