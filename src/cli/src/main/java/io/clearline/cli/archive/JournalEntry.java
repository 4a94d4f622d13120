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

import java.util.Objects;
import java.util.stream.Stream;

/**
 * The state of one input, a line of the journal. Immutable.
 *
 * @param input escaped path below the watched folder
 * @param stamp stamp of the input when it was read
 * @param inputSha256 SHA-256 of the input; empty if it failed
 * @param settings digest of the models and options with which it was enhanced
 * @param output escaped path below the folder of the results
 * @param outputSha256 SHA-256 of the result; empty if there is none
 * @param reason reason of the failure; empty if it did not fail
 */
public record JournalEntry(
        State state,
        String input,
        FileStamp stamp,
        String inputSha256,
        String settings,
        String output,
        String outputSha256,
        String reason) {
    /** The progress of an input. */
    public enum State {
        /** The result is complete in the staging folder, and about to be moved to its path. */
        STAGED,
        /** The result was moved to its path. */
        DONE,
        /** There is no result. */
        FAILED
    }

    /** Returns whether every value is there; JSON of something else lacks some. */
    boolean isComplete() {
        return Stream.of(state, input, stamp, inputSha256, settings, output, outputSha256, reason)
                .allMatch(Objects::nonNull);
    }

    JournalEntry done() {
        return new JournalEntry(State.DONE, input, stamp, inputSha256, settings, output, outputSha256, reason);
    }

    JournalEntry withStamp(FileStamp other) {
        return new JournalEntry(state, input, other, inputSha256, settings, output, outputSha256, reason);
    }

    static JournalEntry failed(String input, FileStamp stamp, String settings, String output, String reason) {
        return new JournalEntry(State.FAILED, input, stamp, "", settings, output, "", reason);
    }
}
