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
import java.util.Optional;
import java.util.Set;

/**
 * The folder of the results with its journal, locked by one process at a time. A result is written to a staging folder,
 * entered in the journal, and moved to its path atomically. If the program is killed between these steps, the next
 * start completes them. Each result therefore appears complete and exactly once; one that a user has moved away does
 * not appear again. Not thread-safe.
 */
final class ResultStore implements AutoCloseable {
    /** The subfolder of the results for lock, journal and staging. */
    static final String STATE_FOLDER = ".clearline";

    private final Path folder;
    private final Path staging;
    private final FileChannel lockFile;
    private final Journal journal;
    /** The input of each path of a result. */
    private final Map<String, String> inputsByOutput = new HashMap<>();

    /**
     * Locks the folder and completes the steps that a killed program has left.
     *
     * @throws IOException if another process uses the folder, or the journal can't be read or written
     */
    ResultStore(Path folder) throws IOException {
        this.folder = folder;
        Path state = folder.resolve(STATE_FOLDER);
        staging = Files.createDirectories(state.resolve("staged"));
        lockFile = FileChannel.open(state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock()) {
            lockFile.close();
            throw new IOException("Another archive writes to " + folder + ". Stop it first.");
        }
        journal = new Journal(state.resolve("journal.jsonl"));
        recover();
    }

    /** Tries to take the lock, which the operating system releases when the process ends. */
    private boolean tryLock() throws IOException {
        try {
            return lockFile.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This process holds the lock itself.
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
                // Incomplete, or complete but not in the journal: the file is enhanced again, with the same bytes.
                Files.delete(each);
            }
        }
    }

    /** Returns what was wrong with the journal, in sentences; empty if nothing was. */
    Optional<String> damage() {
        return journal.damage();
    }

    /** Returns the journal's last entry of an input; null if there is none. */
    JournalEntry get(String input) {
        return journal.get(input);
    }

    /**
     * Reserves the path of an input's result.
     *
     * @throws IOException if the path belongs to the result of another input, or to a file that is no result
     */
    void reserve(String input, String output) throws IOException {
        String owner = inputsByOutput.get(output);
        if (owner == null && Files.exists(EscapedPath.resolve(folder, output))) {
            throw new IOException("the path of its result, " + EscapedPath.resolve(folder, output)
                    + ", has a file that is no result of this archive by its journal; move that file away");
        }
        if (owner != null && !owner.equals(input)) {
            throw new IOException("its result would overwrite that of " + EscapedPath.shown(owner));
        }
        inputsByOutput.put(output, input);
    }

    /** Returns the path in the staging folder at which the result of an input is written. */
    Path staged(String output, String input) {
        return staging.resolve(
                Sha256.of(input.getBytes(StandardCharsets.UTF_8)) + output.substring(output.lastIndexOf('.')));
    }

    /** Publishes a complete result: forces it to the disk, enters it in the journal, and moves it to its path. */
    void commit(JournalEntry entry) throws IOException {
        try (FileChannel result = FileChannel.open(staged(entry.output(), entry.input()), StandardOpenOption.WRITE)) {
            result.force(true);
        }
        journal.put(entry);
        publish(entry);
    }

    private void publish(JournalEntry entry) throws IOException {
        Path from = staged(entry.output(), entry.input());
        // During recovery, a file that does not exist was moved before the program was killed.
        if (Files.exists(from)) {
            Path to = EscapedPath.resolve(folder, entry.output());
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        journal.put(entry.done());
    }

    /** Enters in the journal what has no new result: a failure, or an unchanged file with a new modification time. */
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
