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
package io.clearline.evaluation.judge;

import io.clearline.dsp.AudioClip;
import io.clearline.dsp.AudioFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A system that is run as a shell command. The command has one of two forms:
 *
 * <ul>
 *   <li>With {@code {in}} and {@code {out}} it is run once per trial. They stand for the WAV files to read and to
 *       write.
 *   <li>With {@code {in-dir}} and {@code {out-dir}} it is run once for all trials. They stand for folders; each output
 *       has the name of its input.
 * </ul>
 *
 * WAV files have 16 bits, one channel and the sample rate of the trial. The command is run by {@code /bin/sh} and has
 * ended when the shell has; programs that it leaves in the background are not waited for.
 */
public final class CommandSubject implements Subject {
    private static final String IN = "{in}";
    private static final String OUT = "{out}";
    private static final String IN_FOLDER = "{in-dir}";
    private static final String OUT_FOLDER = "{out-dir}";
    private static final int MAX_REPORTED_BYTES = 500;

    private final String name;
    private final String command;
    private final Path work;
    private final boolean wholeFolder;
    /** Reads the outputs of a run for all trials; null before. */
    private Subject outputs;

    /**
     * Checks the command without running it.
     *
     * @param name name of the system in reports
     * @param work existing folder for the WAV files; files of a run for all trials are not deleted
     * @throws IllegalArgumentException when the command has neither form
     */
    public CommandSubject(String name, String command, Path work) {
        wholeFolder = command.contains(IN_FOLDER) && command.contains(OUT_FOLDER);
        if (!wholeFolder && !(command.contains(IN) && command.contains(OUT))) {
            throw new IllegalArgumentException("Expected a command with {in} and {out}, or with {in-dir} and {out-dir}"
                    + " to process all files in one run, found: " + command);
        }
        this.name = name;
        this.command = command;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(TrialSet trials) throws IOException {
        Path in = Files.createDirectories(work.resolve("in"));
        Path out = Files.createDirectories(work.resolve("out"));
        if (!wholeFolder) {
            return;
        }
        for (int i = 0; i < trials.labels().size(); i++) {
            Trial trial = trials.trial(i);
            TrialFiles.writeInput(trial, in.resolve(trial.label().name() + ".wav"));
        }
        run(command.replace(IN_FOLDER, in.toString()).replace(OUT_FOLDER, out.toString()), "all trials");
        outputs = new FolderSubject(name, out);
        outputs.prepare(trials);
    }

    @Override
    public Output enhance(Trial trial) throws IOException {
        if (wholeFolder) {
            return outputs.enhance(trial);
        }
        String file = trial.label().name() + ".wav";
        Path in = work.resolve("in").resolve(file);
        Path out = work.resolve("out").resolve(file);
        TrialFiles.writeInput(trial, in);
        Files.deleteIfExists(out);
        run(command.replace(IN, in.toString()).replace(OUT, out.toString()), file);
        if (!Files.exists(out)) {
            throw new IOException(
                    "The command did not write " + out + " from " + in + ". Check the command: " + command);
        }
        AudioClip clip = AudioFiles.read(out);
        if (clip.sampleRateHz() != trial.sampleRateHz()) {
            throw new IOException("Expected " + trial.sampleRateHz() + " Hz, found " + clip.sampleRateHz() + " Hz in "
                    + out + ". Let the command write the sample rate of its input.");
        }
        Files.delete(in);
        Files.delete(out);
        return Output.of(clip.samples());
    }

    private void run(String line, String what) throws IOException {
        // A file instead of a pipe: what the command leaves running in the background would hold a pipe open.
        Path printed = Files.createTempFile(work, "printed", ".txt");
        try {
            int code = exitCode(new ProcessBuilder(List.of("/bin/sh", "-c", line))
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start());
            if (code != 0) {
                throw new IOException("The command failed with exit code " + code + " for " + what + ": " + line
                        + System.lineSeparator() + end(printed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while running: " + line, e);
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** Waits for a command. When this process is asked to end meanwhile, the command and its children end too. */
    private static int exitCode(Process process) throws IOException, InterruptedException {
        Thread atExit = new Thread(() -> end(process), "clearline-command-end");
        addHook(atExit, process);
        try {
            process.getOutputStream().close();
            return process.waitFor();
        } catch (InterruptedException e) {
            end(process);
            throw e;
        } finally {
            removeHook(atExit);
        }
    }

    private static void addHook(Thread atExit, Process process) throws IOException {
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            end(process);
            throw new IOException("The program ends, and runs no further command.", e);
        }
    }

    private static void removeHook(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook runs.
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Returns the end of what a command printed. */
    private static String end(Path printed) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(printed)) {
            file.position(Math.max(0, file.size() - MAX_REPORTED_BYTES));
            byte[] end = Channels.newInputStream(file).readNBytes(MAX_REPORTED_BYTES);
            return new String(end, StandardCharsets.UTF_8);
        }
    }
}
