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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A journal of the processed files, one line of JSON for each step. A line is forced to the disk before the next step
 * begins, and the last line of an input is the valid one. An incomplete last line, which a killed program leaves, is
 * ignored. Any other line that can't be read is damage: the file is kept aside, and the other lines stay valid. Not
 * thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
    private final FileChannel channel;
    /** What was wrong with the file, in sentences; null if nothing was. */
    private String damage;

    /**
     * Reads the journal, and compacts it to the last line of each input.
     *
     * @throws IOException if the file can't be read or written; not if its content is damaged
     */
    Journal(Path file) throws IOException {
        if (Files.exists(file)) {
            read(file);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = open(fresh, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (JournalEntry entry : entries.values()) {
                write(out, entry);
            }
            out.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        channel = open(file, StandardOpenOption.APPEND);
    }

    private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    }

    private void read(Path file) throws IOException {
        // Bytes that are no UTF-8 are damage of their line only, where a reader of lines would give up.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int lines = 0;
        int broken = 0;
        int firstBroken = 0;
        int end;
        for (int begin = 0; begin < text.length(); begin = end + 1) {
            end = text.indexOf('\n', begin);
            boolean last = end < 0;
            end = last ? text.length() : end;
            lines++;
            if (!read(text.substring(begin, end), last)) {
                broken++;
                firstBroken = broken == 1 ? lines : firstBroken;
            }
        }
        if (broken > 0) {
            damage = "The journal " + file + " is damaged: " + broken + " of " + lines
                    + " lines can't be read, first line " + firstBroken + ". It is kept as " + keptAside(file)
                    + ", and a new journal continues with the " + entries.size() + " inputs of the other lines. Every"
                    + " other input is enhanced again, unless its result exists: then the result is kept, and the input"
                    + " fails until you move the result away.";
        }
    }

    /**
     * Reads a line.
     *
     * @param unended whether it is the last one and has no line break
     * @return false if the line is damaged
     */
    private boolean read(String line, boolean unended) {
        try {
            JournalEntry entry = JSON.readValue(line, JournalEntry.class);
            if (entry != null && entry.isComplete()) {
                entries.put(entry.input(), entry);
                return true;
            }
            return false;
        } catch (JsonEOFException e) {
            return unended && line.startsWith("{");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Copies a damaged journal, and returns the copy. */
    private static Path keptAside(Path file) throws IOException {
        int number = 1;
        Path copy = file.resolveSibling(file.getFileName() + ".damaged-1");
        while (Files.exists(copy)) {
            number++;
            copy = file.resolveSibling(file.getFileName() + ".damaged-" + number);
        }
        return Files.copy(file, copy);
    }

    /** Returns what was wrong with the file, in sentences; empty if nothing was. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    private static void write(FileChannel to, JournalEntry entry) throws IOException {
        ByteBuffer line = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(entry) + "\n");
        while (line.hasRemaining()) {
            to.write(line);
        }
    }

    /** Writes an entry and forces it to the disk. */
    void put(JournalEntry entry) throws IOException {
        write(channel, entry);
        channel.force(false);
        entries.put(entry.input(), entry);
    }

    /** Returns the last entry of an input; null if there is none. */
    JournalEntry get(String input) {
        return entries.get(input);
    }

    /** Returns the last entry of every input. */
    Collection<JournalEntry> entries() {
        return entries.values();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
