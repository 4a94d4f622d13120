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
 * Writes samples to a child ffmpeg. One that dies, or takes nothing for ten seconds, is started again after a while;
 * what would have gone to it meanwhile is dropped, so that what follows is in time. One thread writes; any may read the
 * counts.
 */
final class FfmpegSink implements AutoCloseable {
    private static final long MAX_BACKOFF_MILLIS = 30_000;
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long WATCH_MILLIS = 500;
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final OutputArguments output;
    private final int sampleRateHz;
    private final int channels;
    private final Consumer<String> said;
    private final AtomicLong restarts;
    private final AtomicLong droppedSamples;
    private final Backoff backoff = new Backoff(MAX_BACKOFF_MILLIS);
    private final Thread watch = new Thread(this::endWhatIsStuck, "ffmpeg-watch");
    private volatile FfmpegProcess process;
    private volatile long writingSinceNanos = NOT_WRITING;
    private volatile boolean closed;
    private long startedNanos;
    private long retryNanos;

    /**
     * Starts ffmpeg.
     *
     * @param restarts counted up here
     * @param droppedSamples of each channel, counted up here
     */
    FfmpegSink(
            OutputArguments output,
            int sampleRateHz,
            int channels,
            Consumer<String> said,
            AtomicLong restarts,
            AtomicLong droppedSamples)
            throws IOException {
        this.output = output;
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
        this.said = said;
        this.restarts = restarts;
        this.droppedSamples = droppedSamples;
        start();
        watch.setDaemon(true);
        watch.start();
    }

    private void start() throws IOException {
        process = FfmpegProcess.start(output.withInput(sampleRateHz, channels));
        startedNanos = System.nanoTime();
    }

    /** Whether samples have this format. */
    boolean takes(int rateHz, int channelCount) {
        return rateHz == sampleRateHz && channelCount == channels;
    }

    /**
     * Writes, or drops while no ffmpeg runs.
     *
     * @throws IOException when a file can't be written: it can't be gone on with
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
            throw new IOException(output + " can't be written: " + why);
        }
        long millis = backoff.nextMillis(System.nanoTime() - startedNanos);
        retryNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        said.accept("the output ended: " + why + "; starting it again in " + millis + " ms");
    }

    private static String reason(FfmpegProcess ended) throws IOException {
        int code = ended.exitCode();
        String last = OutputArguments.withoutSecrets(ended.lastLineAfterEnd());
        return last.isEmpty() ? "ffmpeg ended with exit code " + code : last;
    }

    /** Ends an ffmpeg that reads nothing any more, which ends the writing. */
    private void endWhatIsStuck() {
        while (!closed) {
            long since = writingSinceNanos;
            FfmpegProcess now = process;
            if (now != null && since != NOT_WRITING && System.nanoTime() - since > STUCK_NANOS) {
                now.kill();
            }
            try {
                Thread.sleep(WATCH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The process id of ffmpeg; 0 while none runs. */
    long pid() {
        FfmpegProcess now = process;
        return now == null ? 0 : now.pid();
    }

    /**
     * Lets ffmpeg write what it has, and ends it.
     *
     * @throws IOException when it does not end well
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
            // It has ended: its exit code says how.
            last.terminate();
        }
        if (last.exitCode() != 0) {
            throw new IOException(output + " can't be written: " + reason(last));
        }
    }
}
