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

/** A {@link TopicVerifier} on a thread of its own, which reads along while the cluster is being broken. */
public final class Witness implements AutoCloseable {
    private final Verifier verifier;
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final Thread thread;
    private volatile long framesOut;
    private volatile long patienceNanos = Long.MAX_VALUE;
    private volatile boolean allIsIn;
    private volatile boolean closed;

    /**
     * Begins to read.
     *
     * @throws IOException when Kafka does not let it read
     */
    public Witness(Verifier verifier, String bootstrapServers, Topics topics) throws IOException {
        this.verifier = verifier;
        TopicVerifier reader = new TopicVerifier(
                verifier, bootstrapServers, topics.rawFrames(), topics.enhancedFrames(), new Properties());
        thread = new Thread(() -> readAll(reader), "witness-" + topics.prefix());
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
                if (!quiet || !allIsIn) {
                    lastNanos = now;
                } else if (verifier.missing() == 0 && reader.isAtEnd() || now - lastNanos > patienceNanos) {
                    break;
                }
            }
            read.complete(null);
        } catch (IOException | RuntimeException e) {
            read.completeExceptionally(e);
        }
    }

    /** Different frames that came out so far. */
    public long framesOut() {
        return framesOut;
    }

    /** Everything that will go in is in: waits until all of it is out, or nothing comes any more. */
    public void awaitAll(Duration patience) throws IOException {
        patienceNanos = patience.toNanos();
        allIsIn = true;
        try {
            read.get();
        } catch (ExecutionException e) {
            throw new IOException("The verifier can't read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the verifier read", e);
        }
    }

    /**
     * As {@link #awaitAll}, and gives the verdict. Once.
     *
     * @param expected results of another run, may be empty
     */
    public VerifyReport verdict(Duration patience, Map<String, StreamResult> expected) throws IOException {
        awaitAll(patience);
        return verifier.finish(expected);
    }

    @Override
    public void close() {
        closed = true;
    }
}
