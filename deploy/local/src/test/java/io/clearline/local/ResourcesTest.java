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
package io.clearline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
    @TempDir
    Path kept;

    private final List<String> closed = new ArrayList<>();

    @Test
    void theNewestIsClosedFirstAndTheOthersEvenIfItFails() {
        Resources resources = new Resources();
        resources.add(() -> closed.add("first"));
        resources.add(() -> {
            throw new IllegalStateException("second fails");
        });
        resources.add(() -> {
            closed.add("third");
            throw new IOException("third fails");
        });

        assertThatThrownBy(resources::close)
                .isInstanceOf(IOException.class)
                .hasMessage("third fails")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("second fails")));
        assertThat(closed).containsExactly("third", "first");
    }

    @Test
    void aFailedStartKeepsItsReasonWhateverItsEndSays() {
        Resources resources = new Resources();
        resources.add(() -> {
            throw new IOException("the end fails too");
        });
        IOException failure = new IOException("the start fails");

        resources.closeAfter(failure);

        assertThat(failure).hasMessage("the start fails");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void aTemporaryFolderIsDeletedWithItsContentsAndAGivenOneIsKept() throws Exception {
        Path temporary;
        try (HomeFolder home = HomeFolder.open(null)) {
            temporary = home.resolve("kafka").getParent();
            Files.createDirectories(home.resolve("kafka/topic"));
            Files.createFile(home.resolve("kafka/topic/log"));
        }
        try (HomeFolder home = HomeFolder.open(kept)) {
            Files.createFile(home.resolve("log"));
        }

        assertThat(temporary).doesNotExist();
        assertThat(kept.resolve("log")).exists();
    }
}
