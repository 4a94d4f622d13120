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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.cli.archive.JournalEntry.State;
import io.clearline.dsp.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the recovery of the next start from a kill between any two steps. */
class ResultStoreTest {
    private static final JournalEntry STAGED =
            new JournalEntry(State.STAGED, "a/x.wav", new FileStamp(4, 5), "in", "settings", "a/x.wav", "out", "");

    @TempDir
    private Path folder;

    @Test
    void aCommittedResultIsAtItsPath() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            make(store);
            assertThat(folder.resolve("a")).doesNotExist();
            store.commit(STAGED);
            assertThat(folder.resolve("a/x.wav")).hasContent("sound");
        }
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("a/x.wav").state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void afterAKillBeforeTheJournalEntryTheStagedResultIsDiscarded() throws Exception {
        Path staged;
        try (ResultStore store = new ResultStore(folder)) {
            staged = make(store);
        }
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("a/x.wav")).isNull();
            assertThat(staged).doesNotExist();
        }
    }

    @Test
    void afterAKillBeforeTheMoveTheResultIsMoved() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            make(store);
        }
        write(STAGED);
        Path staged = folder.resolve(".clearline/staged");
        Files.createDirectories(staged);
        try (ResultStore store = reopenWith("sound")) {
            assertThat(folder.resolve("a/x.wav")).hasContent("sound");
            assertThat(store.get("a/x.wav").state()).isEqualTo(State.DONE);
        }
        assertThat(staged).isEmptyDirectory();
    }

    @Test
    void afterAKillAfterTheMoveAResultThatWasMovedAwayDoesNotAppearAgain() throws Exception {
        Files.createDirectories(folder.resolve(".clearline"));
        write(STAGED);
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("a/x.wav").state()).isEqualTo(State.DONE);
            assertThat(folder.resolve("a/x.wav")).doesNotExist();
        }
    }

    @Test
    void anIncompleteLastLineIsIgnored() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            make(store);
            store.commit(STAGED);
        }
        Files.writeString(journal(), "{\"state\":\"DO", StandardOpenOption.APPEND);
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("a/x.wav").state()).isEqualTo(State.DONE);
            store.note(JournalEntry.failed("b.wav", new FileStamp(1, 2), "settings", "b.wav", "it is broken"));
        }
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("b.wav").reason()).isEqualTo("it is broken");
        }
    }

    @Test
    void aDamagedJournalIsKeptAsideAndItsOtherLinesStayValid() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            make(store);
            store.commit(STAGED);
            assertThat(store.damage()).isEmpty();
        }
        String whole = Files.readString(journal());
        String damaged = "no journal\n" + whole + "{}\n";
        Files.writeString(journal(), damaged);
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.damage().orElseThrow())
                    .contains("2 of ", "first line 1", "journal.jsonl.damaged-1", "the 1 inputs");
            assertThat(store.get("a/x.wav").state()).isEqualTo(State.DONE);
        }
        assertThat(journal().resolveSibling("journal.jsonl.damaged-1")).hasContent(damaged.strip());
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.damage()).isEmpty();
        }
    }

    @Test
    void aJournalOfOtherBytesIsDamageAndExistingResultsAreNotReplaced() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            make(store);
            store.commit(STAGED);
        }
        byte[] garbage = {0, 0, (byte) 0xff, 'x'};
        Files.write(journal(), garbage);
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.damage().orElseThrow()).contains("1 of 1 lines");
            assertThatThrownBy(() -> store.reserve("a/x.wav", "a/x.wav")).hasMessageContaining("no result");
        }
        assertThat(folder.resolve("a/x.wav")).hasContent("sound");
        assertThat(journal().resolveSibling("journal.jsonl.damaged-1")).hasBinaryContent(garbage);
    }

    @Test
    void namesInMessagesAreThoseOfTheFiles() throws Exception {
        Files.writeString(folder.resolve("b c.wav"), "mine");
        try (ResultStore store = new ResultStore(folder)) {
            assertThatThrownBy(() -> store.reserve("b%20c.wav", "b%20c.wav"))
                    .hasMessageContaining(folder.resolve("b c.wav").toString());
            store.reserve("d%20e.mp3", "d%20e.mp3.wav");
            assertThatThrownBy(() -> store.reserve("other", "d%20e.mp3.wav")).hasMessageContaining("of d e.mp3");
        }
    }

    @Test
    void twoInputsDoNotShareAPathAndOtherFilesAreNotReplaced() throws Exception {
        Files.writeString(folder.resolve("stranger.wav"), "mine");
        try (ResultStore store = new ResultStore(folder)) {
            store.reserve("x.mp3", "x.mp3.wav");
            assertThatThrownBy(() -> store.reserve("x.mp3.wav", "x.mp3.wav"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("of x.mp3");
            assertThatThrownBy(() -> store.reserve("stranger.wav", "stranger.wav"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no result");
        }
    }

    @Test
    void twoProgramsDoNotShareAFolder() throws Exception {
        try (ResultStore store = new ResultStore(folder)) {
            assertThat(store.get("a")).isNull();
            assertThatThrownBy(() -> new ResultStore(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another archive");
        }
    }

    private Path make(ResultStore store) throws IOException {
        store.reserve(STAGED.input(), STAGED.output());
        return Files.writeString(store.staged(STAGED.output(), STAGED.input()), "sound");
    }

    /** Creates what a killed program leaves: a staged result and its line in the journal. */
    private ResultStore reopenWith(String content) throws IOException {
        Path aside = folder.resolve(".clearline/staged")
                .resolve(Sha256.of("a/x.wav".getBytes(StandardCharsets.UTF_8)) + ".wav");
        Files.writeString(aside, content);
        return new ResultStore(folder);
    }

    private void write(JournalEntry entry) throws IOException {
        try (Journal journal = new Journal(journal())) {
            journal.put(entry);
        }
    }

    private Path journal() {
        return folder.resolve(".clearline/journal.jsonl");
    }
}
