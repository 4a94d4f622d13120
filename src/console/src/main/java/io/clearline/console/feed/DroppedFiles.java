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
package io.clearline.console.feed;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import io.clearline.kafka.FrameSender;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.frame.ClipFrames;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends audio files that are dropped on the page as streams, in real time. Each file is sent by a thread of its own,
 * and their number is limited. Thread-safe.
 */
public final class DroppedFiles implements AutoCloseable {
    /** The maximum size of a file. */
    public static final int MAX_BYTES = 48 << 20;

    private static final Logger LOGGER = LoggerFactory.getLogger(DroppedFiles.class);
    private static final int MAX_STREAMS = 8;
    private static final int MAX_SECONDS = 600;
    private static final int FRAME_MILLIS = 20;
    private static final int MAX_NAME_CHARACTERS = 40;

    private final KafkaClients clients;
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService senders = new ThreadPoolExecutor(
            0, MAX_STREAMS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DroppedFiles::thread);

    /** Creates an instance without any thread. */
    public DroppedFiles(KafkaClients clients) {
        this.clients = clients;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "clearline-console-sender");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A file that is being sent.
     *
     * @param streamId id of the stream
     * @param seconds duration of the audio
     * @param sampleRateHz sample rate of the stream
     */
    public record Sent(String streamId, double seconds, int sampleRateHz) {}

    /**
     * Starts to send a file, and returns at once.
     *
     * @param name name of the file, from which the id of the stream is derived
     * @param file contents of the file
     * @throws IOException when the file holds no audio that the job accepts, or when too many files are being sent
     */
    public Sent send(String name, byte[] file) throws IOException {
        AudioClip clip = AudioFiles.read(name, file);
        requireSuitable(name, clip);
        String streamId = "try-" + plain(name) + "-" + Instant.now().getEpochSecond() + "-" + count.incrementAndGet();
        long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        List<AudioFrame> frames = ClipFrames.of(streamId, clip, AudioEncoding.PCM_S16LE, FRAME_MILLIS, startMicros);
        try {
            senders.execute(() -> play(frames));
        } catch (RejectedExecutionException e) {
            throw new IOException(
                    MAX_STREAMS + " files are being sent already; wait until one has ended, then drop this one again.",
                    e);
        }
        return new Sent(streamId, clip.seconds(), clip.sampleRateHz());
    }

    private static void requireSuitable(String name, AudioClip clip) throws IOException {
        int[] rates = FrameLimits.sampleRatesHz();
        if (Arrays.stream(rates).noneMatch(rate -> rate == clip.sampleRateHz())) {
            throw new IOException(name + " has a sample rate of " + clip.sampleRateHz() + " Hz; the job accepts "
                    + Arrays.toString(rates) + ".");
        }
        if (clip.samples().length == 0 || clip.seconds() > MAX_SECONDS) {
            throw new IOException(String.format(
                    "%s is %.1f s long; expected more than 0 and at most %d s.", name, clip.seconds(), MAX_SECONDS));
        }
    }

    /** Returns the name without its extension, restricted to characters that are safe everywhere. */
    private static String plain(String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String plain = stem.replaceAll("[^A-Za-z0-9_-]+", "-");
        return plain.substring(0, Math.min(MAX_NAME_CHARACTERS, plain.length()));
    }

    private void play(List<AudioFrame> frames) {
        try (FrameSender sender = new FrameSender(
                clients.bootstrapServers(), clients.topics().rawFrames(), clients.settings(), clients.headers())) {
            long startNanos = System.nanoTime();
            long firstMicros = frames.get(0).getCaptureTimeMicros();
            for (AudioFrame frame : frames) {
                long dueNanos = startNanos + 1000 * (frame.getCaptureTimeMicros() - firstMicros);
                while (System.nanoTime() < dueNanos) {
                    LockSupport.parkNanos(dueNanos - System.nanoTime());
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
                sender.send(frame);
            }
            sender.flush();
        } catch (InterruptException e) {
            LOGGER.info(
                    "Stopped sending stream {}: the console was closed",
                    frames.get(0).getStreamId());
        } catch (IOException e) {
            LOGGER.warn("Stopped sending stream {}: {}", frames.get(0).getStreamId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }
}
