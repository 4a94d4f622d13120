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
package io.clearline.lab.chaos;

import io.clearline.kafka.Topics;
import io.clearline.kafka.verify.StreamResult;
import io.clearline.kafka.verify.TopicVerifier;
import io.clearline.kafka.verify.Verifier;
import io.clearline.kafka.verify.VerifyReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs a {@link TopicVerifier} on a daemon thread of its own while faults are injected. Thread-safe. */
public final class BackgroundVerifier implements AutoCloseable {
    private final Verifier verifier;
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final Thread thread;
    private volatile long framesOut;
    private volatile long quietTimeoutNanos = Long.MAX_VALUE;
    private volatile boolean inputComplete;
    private volatile boolean closed;

    /**
     * Starts to read both topics from their beginning.
     *
     * @param verifier receives all records; must not be used elsewhere meanwhile
     * @param topics input and output topics of the job
     * @throws IOException if Kafka refuses access
     */
    public BackgroundVerifier(Verifier verifier, String bootstrapServers, Topics topics) throws IOException {
        this.verifier = verifier;
        TopicVerifier reader = new TopicVerifier(
                verifier, bootstrapServers, topics.rawFrames(), topics.enhancedFrames(), new Properties());
        thread = new Thread(() -> readAll(reader), "verifier-" + topics.prefix());
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll(TopicVerifier reader) {
        try (reader) {
            long lastNanos = System.nanoTime();
            while (!closed) {
                boolean quiet = reader.poll() == 0;
                framesOut = verifier.framesOut();
                long now = System.nanoTime();
                if (!quiet || !inputComplete) {
                    lastNanos = now;
                } else if (verifier.missing() == 0 && reader.isAtEnd() || now - lastNanos > quietTimeoutNanos) {
                    break;
                }
            }
            read.complete(null);
        } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
        }
    }

    /** Returns the number of distinct output frames so far. */
    public long framesOut() {
        return framesOut;
    }

    /**
     * Waits until all output is read. Call it once all input is in Kafka.
     *
     * @param quietTimeout time without a new record after which frames that are still missing count as lost
     * @throws IOException if reading failed
     */
    public void awaitAll(Duration quietTimeout) throws IOException {
        quietTimeoutNanos = quietTimeout.toNanos();
        inputComplete = true;
        try {
            read.get();
        } catch (ExecutionException e) {
            throw new IOException("The verifier cannot read the topics: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the verifier", e);
        }
    }

    /**
     * Waits as {@link #awaitAll} does and returns the findings. Call it once.
     *
     * @param expected results of another run for comparison, by stream id; may be empty
     */
    public VerifyReport report(Duration quietTimeout, Map<String, StreamResult> expected) throws IOException {
        awaitAll(quietTimeout);
        return verifier.finish(expected);
    }

    @Override
    public void close() {
        closed = true;
    }
}
