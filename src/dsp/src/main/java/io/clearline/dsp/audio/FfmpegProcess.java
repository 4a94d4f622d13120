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
 * A child process {@code ffmpeg}: its pipes, and what it says on standard error, which is read so that it never waits.
 * Any thread may end it; each pipe is used by one thread.
 */
public final class FfmpegProcess implements AutoCloseable {
    private static final String PROGRAM = "ffmpeg";
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

    /** Whether there is such a program on the path. */
    public static boolean isInstalled() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && new File(folder, PROGRAM).canExecute()) {
                return true;
            }
        }
        return false;
    }

    /** A file's name as an argument; the prefix keeps names with colons and dashes names. */
    public static String url(Path file) {
        return "file:" + file.toAbsolutePath();
    }

    /** Starts one; the arguments are those behind the program's name. */
    public static FfmpegProcess start(List<String> arguments) throws IOException {
        return start(arguments, line -> {});
    }

    /**
     * As {@link #start(List)}.
     *
     * @param lines is told each line of standard error, by a thread of its own, which must not wait long
     */
    public static FfmpegProcess start(List<String> arguments, Consumer<String> lines) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-nostdin", "-hide_banner"));
        command.addAll(arguments);
        return new FfmpegProcess(new ProcessBuilder(command).start(), lines);
    }

    /** What it writes to {@code pipe:1}. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it reads from {@code pipe:0}. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
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

    /** The last line that it said, once it has ended; "" when it said nothing. */
    public String lastLineAfterEnd() throws IOException {
        try {
            errors.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return lastLine.strip();
    }

    /** Waits until it has ended, ends it by force after ten seconds, and gives its exit code. */
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
        return new IOException("Interrupted while ffmpeg was waited for.", cause);
    }

    /** Asks it to end: what it has read is still to be had through its pipes. */
    public void terminate() {
        // Process.destroy would close the pipes.
        process.toHandle().destroy();
    }

    /** Ends it by force; its pipes end with it. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Asks it to end and closes its pipes; does not wait. */
    @Override
    public void close() {
        process.destroy();
    }
}
