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
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads what a child ffmpeg decodes, block by block, with the time stamps of the source. The filter {@code ashowinfo}
 * logs each block on standard error before its samples are in the pipe; this class joins the two by counting samples.
 *
 * <p>Memory is bounded, because ffmpeg blocks while its pipe is full: only as many log lines are queued as it has
 * blocks in progress. One thread reads; {@link #terminate} and {@link #close} are thread-safe.
 */
final class FfmpegSource implements AutoCloseable {
    /** Marks the end of the log. */
    private static final DecodedBlock END = new DecodedBlock(0, 0, 0, 0);

    private static final Pattern ERROR = Pattern.compile("^(\\[[^]]*] )?\\[(error|fatal|panic)] .*");
    private static final String ERROR_PREFIX = "^(\\[[^]]*] )?\\[[a-z]+] ";
    private static final long WAIT_MILLIS = 500;
    /** A source without a block for this long has delivered everything it had buffered. */
    private static final long QUIET_MILLIS = 60;

    private static final int MAX_READ_AHEAD_SECONDS = 10;

    /** By default ffmpeg analyses a live source for 5 s, which delays all that follows by as much. */
    private static final String LIVE_ANALYSIS_MICROS = "500000";

    /**
     * Limits the analysis where time does not, as for PCM in MPEG-TS. The default of 5 million bytes is twenty seconds
     * of stereo.
     */
    private static final String LIVE_PROBE_BYTES = "1000000";

    /** Blocks that were read by {@link #readAhead}. */
    private final ArrayDeque<BufferedBlock> ahead = new ArrayDeque<>();

    private final LinkedBlockingQueue<DecodedBlock> blocks = new LinkedBlockingQueue<>();
    private final FfmpegProcess process;
    private final InputStream samples;
    private volatile String lastError = "";
    private byte[] buffer = new byte[0];

    /**
     * Starts ffmpeg.
     *
     * @throws IOException if it cannot be started
     */
    FfmpegSource(IngestSettings settings) throws IOException {
        process = FfmpegProcess.start(arguments(settings), this::logLine);
        process.input().close();
        samples = process.output();
    }

    /** Returns the arguments of ffmpeg, without the name of the program. */
    static List<String> arguments(IngestSettings settings) {
        List<String> all = new ArrayList<>(List.of("-nostats", "-loglevel", "level+info", "-copyts"));
        if (settings.loop()) {
            all.addAll(List.of("-stream_loop", "-1"));
        }
        if (IngestSettings.isLive(settings.input())) {
            all.addAll(List.of("-analyzeduration", LIVE_ANALYSIS_MICROS, "-probesize", LIVE_PROBE_BYTES));
        }
        // Last, so that the user's options override those above.
        settings.options().forEach((name, value) -> all.addAll(List.of("-" + name, value)));
        all.addAll(List.of("-i", settings.input(), "-map", "0:a:" + settings.track()));
        String filters = "aresample=" + settings.sampleRateHz() + ",aformat=sample_fmts=s16,ashowinfo";
        all.addAll(List.of("-af", filters, "-c:a", "pcm_s16le", "-f", "s16le", "-flush_packets", "1", "pipe:1"));
        return all;
    }

    private void logLine(String line) {
        DecodedBlock block = DecodedBlock.parse(line);
        if (block != null) {
            blocks.add(block);
        } else if (ERROR.matcher(line).matches()) {
            lastError = OutputArguments.withoutSecrets(line.replaceFirst(ERROR_PREFIX, ""));
        }
    }

    private record BufferedBlock(DecodedBlock block, byte[] samples) {}

    /**
     * Reads what a live source delivers at once at its beginning, because it was buffered while ffmpeg analysed the
     * source. Its last sample was captured just now.
     *
     * @return samples per channel that were read
     */
    long readAhead() throws IOException {
        long samples = 0;
        DecodedBlock block = next();
        while (block != null) {
            ahead.add(new BufferedBlock(block, buffer));
            buffer = new byte[0];
            samples += block.samples();
            boolean enough = samples > (long) MAX_READ_AHEAD_SECONDS * block.sampleRateHz();
            DecodedBlock next = enough ? null : poll(QUIET_MILLIS);
            block = next == null || !read(next) ? null : next;
        }
        return samples;
    }

    /**
     * Waits for the next block, whose samples are then in {@link #buffer}.
     *
     * @return null at the end
     */
    DecodedBlock next() throws IOException {
        if (!ahead.isEmpty()) {
            buffer = ahead.peek().samples();
            return ahead.poll().block();
        }
        DecodedBlock block = null;
        while (block == null) {
            block = poll(WAIT_MILLIS);
            if (block == null && !process.isAlive()) {
                // Every block that ffmpeg logged is in the queue once its standard error has ended.
                process.lastLineAfterEnd();
                block = blocks.isEmpty() ? END : null;
            }
        }
        return block == END || !read(block) ? null : block;
    }

    private DecodedBlock poll(long millis) throws IOException {
        try {
            return blocks.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading from ffmpeg.", e);
        }
    }

    private boolean read(DecodedBlock block) throws IOException {
        if (buffer.length < block.bytes()) {
            buffer = new byte[block.bytes()];
        }
        return samples.readNBytes(buffer, 0, block.bytes()) == block.bytes();
    }

    /**
     * Returns the samples of the latest block: 16 bits, little-endian, interleaved. The array may be longer than the
     * block, and is valid until the next call of {@link #next}.
     */
    byte[] buffer() {
        return buffer;
    }

    /** Waits until ffmpeg has ended, and returns why: its last error message, or its exit code. */
    String reasonOfEnd() throws IOException {
        process.lastLineAfterEnd();
        int code = process.exitCode();
        return lastError.isEmpty() ? "ffmpeg ended with exit code " + code : lastError;
    }

    /** Waits until ffmpeg has ended, and returns whether it ended without an error. */
    boolean endedWell() throws IOException {
        return process.exitCode() == 0;
    }

    /** Returns the process id of ffmpeg. */
    long pid() {
        return process.pid();
    }

    /** Asks ffmpeg to end. What it has decoded until then can still be read. */
    void terminate() {
        process.terminate();
    }

    @Override
    public void close() {
        process.kill();
        process.close();
    }
}
