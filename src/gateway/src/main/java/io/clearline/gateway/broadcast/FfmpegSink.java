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
package io.clearline.gateway.broadcast;

import io.clearline.dsp.audio.FfmpegProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes samples to a child ffmpeg. If ffmpeg ends, or accepts nothing for ten seconds, it is restarted after a delay;
 * samples for it are dropped meanwhile, so that what follows is in time. One thread writes; {@link #pid} is
 * thread-safe.
 */
final class FfmpegSink implements AutoCloseable {
    private static final long MAX_BACKOFF_MILLIS = 30_000;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WATCH_INTERVAL_MILLIS = 500;
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final OutputArguments output;
    private final int sampleRateHz;
    private final int channels;
    private final Consumer<String> events;
    private final AtomicLong restarts;
    private final AtomicLong droppedSamples;
    private final Backoff backoff = new Backoff(MAX_BACKOFF_MILLIS);
    private final Thread watchdog = new Thread(this::killWhenStuck, "ffmpeg-watchdog");
    private volatile FfmpegProcess process;
    private volatile long writingSinceNanos = NOT_WRITING;
    private volatile boolean closed;
    private long startedNanos;
    private long retryNanos;

    /**
     * Starts ffmpeg.
     *
     * @param events receives one sentence for each event that an operator should see
     * @param restarts is incremented with each restart
     * @param droppedSamples is increased by the dropped samples, per channel
     * @throws IOException if ffmpeg cannot be started
     */
    FfmpegSink(
            OutputArguments output,
            int sampleRateHz,
            int channels,
            Consumer<String> events,
            AtomicLong restarts,
            AtomicLong droppedSamples)
            throws IOException {
        this.output = output;
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.events = events;
        this.restarts = restarts;
        this.droppedSamples = droppedSamples;
        start();
        watchdog.setDaemon(true);
        watchdog.start();
    }

    private void start() throws IOException {
        process = FfmpegProcess.start(output.withInput(sampleRateHz, channels));
        startedNanos = System.nanoTime();
    }

    /** Returns whether samples of this format can be written. */
    boolean accepts(int rateHz, int channelCount) {
        return rateHz == sampleRateHz && channelCount == channels;
    }

    /**
     * Writes samples, or drops them while ffmpeg does not run.
     *
     * @throws IOException if a file cannot be written, since a second ffmpeg cannot continue it; or if ffmpeg cannot be
     *     started
     */
    void write(byte[] samples, int offset, int length) throws IOException {
        if (process == null && System.nanoTime() - retryNanos >= 0) {
            restarts.incrementAndGet();
            start();
        }
        if (process == null) {
            droppedSamples.addAndGet(length / (channels * Short.BYTES));
            return;
        }
        writingSinceNanos = System.nanoTime();
        try {
            process.input().write(samples, offset, length);
            process.input().flush();
        } catch (IOException e) {
            droppedSamples.addAndGet(length / (channels * Short.BYTES));
            failed();
        } finally {
            writingSinceNanos = NOT_WRITING;
        }
    }

    private void failed() throws IOException {
        String why = reason(process);
        process = null;
        if (output.isFile()) {
            throw new IOException(output + " cannot be written: " + why);
        }
        long millis = backoff.nextMillis(System.nanoTime() - startedNanos);
        retryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        events.accept("the output ended: " + why + "; restarting it in " + millis + " ms");
    }

    private static String reason(FfmpegProcess ended) throws IOException {
        int code = ended.exitCode();
        String last = OutputArguments.withoutSecrets(ended.lastLineAfterEnd());
        return last.isEmpty() ? "ffmpeg ended with exit code " + code : last;
    }

    /** Kills an ffmpeg that no longer reads, which makes the blocked write fail. Runs on the watchdog thread. */
    private void killWhenStuck() {
        while (!closed) {
            long since = writingSinceNanos;
            FfmpegProcess now = process;
            if (now != null && since != NOT_WRITING && System.nanoTime() - since > STUCK_NANOS) {
                now.kill();
            }
            try {
                Thread.sleep(WATCH_INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Returns the process id of ffmpeg; 0 while none runs. */
    long pid() {
        FfmpegProcess now = process;
        return now == null ? 0 : now.pid();
    }

    /**
     * Lets ffmpeg write what it has received, and waits until it ends.
     *
     * @throws IOException if it ends with an error
     */
    @Override
    public void close() throws IOException {
        closed = true;
        FfmpegProcess last = process;
        process = null;
        if (last == null) {
            return;
        }
        try {
            last.input().close();
        } catch (IOException e) {
            // ffmpeg has ended already; its exit code tells how.
            last.terminate();
        }
        if (last.exitCode() != 0) {
            throw new IOException(output + " cannot be written: " + reason(last));
        }
    }
}
