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
 * What a child ffmpeg decodes, block by block, with the time stamps of the source. The filter {@code ashowinfo} names
 * each block on standard error before its samples are in the pipe; the two are joined here by counting samples.
 *
 * <p>Memory: ffmpeg waits while nobody reads its pipe, so that only as many lines wait here as it has blocks under way.
 * One thread reads; any may close.
 */
final class FfmpegSource implements AutoCloseable {
    /** Stands for the end of the log. */
    private static final DecodedBlock END = new DecodedBlock(0, 0, 0, 0);

    private static final Pattern COMPLAINT = Pattern.compile("^(\\[[^]]*] )?\\[(error|fatal|panic)] .*");
    private static final String COMPLAINT_PREFIX = "^(\\[[^]]*] )?\\[[a-z]+] ";
    private static final long WAIT_MILLIS = 500;
    /** Who is silent for so long has given all that it had. */
    private static final long QUIET_MILLIS = 60;

    private static final int MAX_READ_AHEAD_SECONDS = 10;

    /** ffmpeg looks for 5 s what a live source is, and all that follows is late by as much. */
    private static final String LIVE_ANALYSIS_MICROS = "500000";

    /** Where time does not end the search, as in PCM by MPEG-TS, five million bytes would: twenty seconds of stereo. */
    private static final String LIVE_PROBE_BYTES = "1000000";

    /** What was read before it was asked for. */
    private final ArrayDeque<Held> ahead = new ArrayDeque<>();

    private final LinkedBlockingQueue<DecodedBlock> blocks = new LinkedBlockingQueue<>();
    private final FfmpegProcess process;
    private final InputStream samples;
    private volatile String complaint = "";
    private byte[] buffer = new byte[0];

    /** Starts ffmpeg. */
    FfmpegSource(IngestSettings settings) throws IOException {
        process = FfmpegProcess.start(arguments(settings), this::line);
        process.input().close();
        samples = process.output();
    }

    static List<String> arguments(IngestSettings settings) {
        List<String> all = new ArrayList<>(List.of("-nostats", "-loglevel", "level+info", "-copyts"));
        if (settings.loop()) {
            all.addAll(List.of("-stream_loop", "-1"));
        }
        if (IngestSettings.isLive(settings.input())) {
            all.addAll(List.of("-analyzeduration", LIVE_ANALYSIS_MICROS, "-probesize", LIVE_PROBE_BYTES));
        }
        // Last, so that they win.
        settings.options().forEach((name, value) -> all.addAll(List.of("-" + name, value)));
        all.addAll(List.of("-i", settings.input(), "-map", "0:a:" + settings.track()));
        String filters = "aresample=" + settings.sampleRateHz() + ",aformat=sample_fmts=s16,ashowinfo";
        all.addAll(List.of("-af", filters, "-c:a", "pcm_s16le", "-f", "s16le", "-flush_packets", "1", "pipe:1"));
        return all;
    }

    private void line(String line) {
        DecodedBlock block = DecodedBlock.parse(line);
        if (block != null) {
            blocks.add(block);
        } else if (COMPLAINT.matcher(line).matches()) {
            complaint = OutputArguments.withoutSecrets(line.replaceFirst(COMPLAINT_PREFIX, ""));
        }
    }

    private record Held(DecodedBlock block, byte[] samples) {}

    /**
     * Reads what a live source gives at once at its beginning, while ffmpeg looked what it is: its last sample is the
     * one that was captured now.
     *
     * @return how many samples that is, of each channel
     */
    long readAhead() throws IOException {
        long samples = 0;
        DecodedBlock block = next();
        while (block != null) {
            ahead.add(new Held(block, buffer));
            buffer = new byte[0];
            samples += block.samples();
            boolean enough = samples > (long) MAX_READ_AHEAD_SECONDS * block.sampleRateHz();
            DecodedBlock next = enough ? null : poll(QUIET_MILLIS);
            block = next == null || !read(next) ? null : next;
        }
        return samples;
    }

    /**
     * Waits for the next block; its samples are in {@link #buffer} then.
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
                // All that it said is in the queue once its standard error has ended.
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
            throw new IOException("Interrupted while ffmpeg was read.", e);
        }
    }

    private boolean read(DecodedBlock block) throws IOException {
        if (buffer.length < block.bytes()) {
            buffer = new byte[block.bytes()];
        }
        return samples.readNBytes(buffer, 0, block.bytes()) == block.bytes();
    }

    /** The samples of the block that {@link #next} gave: 16 bits, little-endian, interleaved. */
    byte[] buffer() {
        return buffer;
    }

    /** How it ended, in words: what it complained of last, and its exit code. */
    String reasonOfEnd() throws IOException {
        process.lastLineAfterEnd();
        int code = process.exitCode();
        return complaint.isEmpty() ? "ffmpeg ended with exit code " + code : complaint;
    }

    /** Whether it ended without an error; once it has ended. */
    boolean endedWell() throws IOException {
        return process.exitCode() == 0;
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Asks it to end: what it has read is still to be had. */
    void terminate() {
        process.terminate();
    }

    @Override
    public void close() {
        process.kill();
        process.close();
    }
}
