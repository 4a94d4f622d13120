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
package io.clearline.cli.archive;

import io.clearline.cli.archive.JournalEntry.State;
import io.clearline.dsp.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folder of the results with its journal. A result is made aside, written into the journal, and moved to its place
 * in one step; a program that was killed between is caught up with when the next one starts. So each result appears
 * whole, and once: one that someone has taken away does not come again. One thread at a time.
 */
final class ResultStore implements AutoCloseable {
    /** Below the folder of the results. */
    static final String STATE_FOLDER = ".clearline";

    private final Path folder;
    private final Path staging;
    private final FileChannel lockFile;
    private final Journal journal;
    /** Which input has which place. */
    private final Map<String, String> inputsByOutput = new HashMap<>();

    /**
     * Opens it, and makes what a killed program left undone.
     *
     * @throws IOException when another program has it open
     */
    ResultStore(Path folder) throws IOException {
        this.folder = folder;
        Path state = folder.resolve(STATE_FOLDER);
        staging = Files.createDirectories(state.resolve("staged"));
        lockFile = FileChannel.open(state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked()) {
            lockFile.close();
            throw new IOException("Another archive runs into " + folder + "; end it first.");
        }
        journal = new Journal(state.resolve("journal.jsonl"));
        recover();
    }

    /** Takes the lock, which goes with the process. */
    private boolean isLocked() throws IOException {
        try {
            return lockFile.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Of this process itself.
            return false;
        }
    }

    private void recover() throws IOException {
        Set<Path> known = new HashSet<>();
        for (JournalEntry entry : List.copyOf(journal.entries())) {
            if (entry.state() == State.STAGED) {
                known.add(staged(entry.output(), entry.input()));
                publish(entry);
            }
            if (entry.state() != State.FAILED) {
                inputsByOutput.put(entry.output(), entry.input());
            }
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(staging)) {
            for (Path each : left) {
                // Begun and not finished, or finished and not written down: it is made again, with the same bytes.
                Files.delete(each);
            }
        }
    }

    /** What is known of an input; null when nothing is. */
    JournalEntry get(String input) {
        return journal.get(input);
    }

    /**
     * Takes a place for an input's result.
     *
     * @throws IOException when another input's result has it, or a file that is no result
     */
    void reserve(String input, String output) throws IOException {
        String owner = inputsByOutput.get(output);
        if (owner == null && Files.exists(EscapedPath.resolve(folder, output))) {
            throw new IOException("in the place of its result, " + output + ", is a file that is no result");
        }
        if (owner != null && !owner.equals(input)) {
            throw new IOException("its result would take the place of that of " + owner);
        }
        inputsByOutput.put(output, input);
    }

    /** Where the result of an input is made. */
    Path staged(String output, String input) {
        return staging.resolve(
                Sha256.of(input.getBytes(StandardCharsets.UTF_8)) + output.substring(output.lastIndexOf('.')));
    }

    /** Takes a result that is whole in {@link #staged} to its place. */
    void commit(JournalEntry entry) throws IOException {
        try (FileChannel result = FileChannel.open(staged(entry.output(), entry.input()), StandardOpenOption.WRITE)) {
            result.force(true);
        }
        journal.put(entry);
        publish(entry);
    }

    private void publish(JournalEntry entry) throws IOException {
        Path from = staged(entry.output(), entry.input());
        // Where it is no longer there, it was moved before.
        if (Files.exists(from)) {
            Path to = EscapedPath.resolve(folder, entry.output());
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        journal.put(entry.done());
    }

    /** Writes down what is no result: a failure, or that a touched file is the same. */
    void note(JournalEntry entry) throws IOException {
        journal.put(entry);
        if (entry.state() == State.FAILED
                && entry.input().equals(inputsByOutput.get(entry.output()))
                && !Files.exists(EscapedPath.resolve(folder, entry.output()))) {
            inputsByOutput.remove(entry.output());
        }
    }

    @Override
    public void close() throws IOException {
        journal.close();
        lockFile.close();
    }
}
