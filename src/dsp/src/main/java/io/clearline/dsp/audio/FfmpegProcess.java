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
package io.clearline.dsp.audio;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process {@code ffmpeg} with its pipes. A thread reads its standard error, so that the process never blocks on
 * it. Any thread may terminate the process, but only one thread may use each pipe.
 */
public final class FfmpegProcess implements AutoCloseable {
    private static final String PROGRAM = "ffmpeg";
    /** How long to wait for the process to end. */
    private static final long END_SECONDS = 10;

    private static final int MAX_LINE_CHARS = 2000;

    private final Process process;
    private final Thread errors;
    private volatile String lastLine = "";

    private FfmpegProcess(Process process, Consumer<String> lines) {
        this.process = process;
        errors = new Thread(() -> readErrors(lines), "ffmpeg-errors");
        errors.setDaemon(true);
        errors.start();
    }

    /** Returns whether {@code ffmpeg} is on the path. */
    public static boolean isInstalled() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && new File(folder, PROGRAM).canExecute()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the argument for a file. The prefix keeps ffmpeg from parsing colons and dashes in its name. */
    public static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /** Starts a process with the given arguments. */
    public static FfmpegProcess start(List<String> arguments) throws IOException {
        return start(arguments, line -> {});
    }

    /**
     * Starts a process and passes each line of its standard error to a consumer.
     *
     * @param lines called by a separate thread; must not block
     */
    public static FfmpegProcess start(List<String> arguments, Consumer<String> lines) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-nostdin", "-hide_banner"));
        command.addAll(arguments);
        return new FfmpegProcess(new ProcessBuilder(command).start(), lines);
    }

    /** Returns the stream that reads what the process writes to {@code pipe:1}. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** Returns the stream that writes what the process reads from {@code pipe:0}. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether the process is running. */
    public boolean isAlive() {
        return process.isAlive();
    }

    private void readErrors(Consumer<String> lines) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    String bounded = line.length() > MAX_LINE_CHARS ? line.substring(0, MAX_LINE_CHARS) : line;
                    lastLine = bounded;
                    lines.accept(bounded);
                }
            }
        } catch (IOException e) {
            lastLine = "its standard error can't be read: " + e.getMessage();
        }
    }

    /** Waits for the end of standard error and returns its last line, or an empty string if there is none. */
    public String lastLineAfterEnd() throws IOException {
        try {
            errors.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return lastLine.strip();
    }

    /** Waits for the process to end and returns its exit code. Kills the process after ten seconds. */
    public int exitCode() throws IOException {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return process.exitValue();
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IOException("Interrupted while waiting for ffmpeg.", cause);
    }

    /** Requests the process to end. The output of what it has read so far can still be read from its pipes. */
    public void terminate() {
        // Process.destroy would also close the pipes.
        process.toHandle().destroy();
    }

    /** Kills the process, which also ends its pipes. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Requests the process to end and closes its pipes. Does not wait. */
    @Override
    public void close() {
        process.destroy();
    }
}
