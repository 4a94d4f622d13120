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
package io.clearline.training.corpus;

import java.net.URI;
import java.util.List;

/**
 * A public repository on GitHub at one commit, so that every fetch brings the same files. Immutable.
 *
 * @param name {@code OWNER/NAME}
 * @param commit 40 hexadecimal digits
 * @param licences of the audio in it, as SPDX names them
 */
public record PublicRepository(String name, String commit, List<String> licences) {

    public PublicRepository {
        if (!name.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("Expected a repository as OWNER/NAME, found '" + name + "'.");
        }
        if (!commit.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("Expected the commit of " + name + " as 40 hexadecimal digits, found '"
                    + commit + "'. A branch or tag could change under a corpus.");
        }
        licences = List.copyOf(licences);
    }

    /** Where GitHub serves the files of the commit as a gzipped tar archive. */
    URI archive() {
        return URI.create("https://codeload.github.com/" + name + "/tar.gz/" + commit);
    }
}
