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
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
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

/**
 * A journal of the processed files, one line of JSON for each step. A line is forced to the disk before the next step
 * begins, and the last line of an input is the valid one. An incomplete last line, which a killed program leaves, is
 * ignored. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
    private final FileChannel channel;

    /**
     * Reads the journal, and compacts it to the last line of each input.
     *
     * @throws IOException if a line other than the last one is malformed
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
        String broken = null;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (broken != null) {
                    throw new IOException("The journal " + file + " contains a malformed line: " + broken
                            + ". Repair it, or move the file away to enhance every file again.");
                }
                try {
                    JournalEntry entry = JSON.readValue(line, JournalEntry.class);
                    entries.put(entry.input(), entry);
                } catch (JsonProcessingException e) {
                    broken = line;
                }
            }
        }
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
