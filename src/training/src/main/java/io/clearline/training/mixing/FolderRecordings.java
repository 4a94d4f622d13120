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
package io.clearline.training.mixing;

import io.clearline.training.corpus.CorpusLayout;
import io.clearline.training.corpus.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Splits the recordings of a folder into roles. Roles that the {@link CorpusLayout} defines are used; otherwise the
 * speakers or noises are split: of every ten, in the order of their names, the second is for development, the third for
 * the test and the others for training.
 */
final class FolderRecordings {
    /** Number of groups after which the pattern of roles repeats. */
    private static final int CYCLE = 10;

    private static final int DEVELOPMENT_POSITION = 1;
    private static final int TEST_POSITION = 2;

    private final Map<String, List<Recordings.Source>> byGroup = new TreeMap<>();
    private final Map<String, Role> roles = new TreeMap<>();

    private FolderRecordings() {}

    /** @throws IOException if there are fewer than three groups, or files cannot be listed */
    static Map<Role, Recordings> of(Path folder, CorpusLayout.LayoutKind kind, int sampleRateHz) throws IOException {
        FolderRecordings recordings = new FolderRecordings();
        for (CorpusLayout.Item item : CorpusLayout.of(folder).items(folder, kind)) {
            // A label under two roles, such as a recording session of WHAM, becomes two groups.
            String group = item.role() == null ? item.group() : item.role() + ":" + item.group();
            recordings
                    .byGroup
                    .computeIfAbsent(group, any -> new ArrayList<>())
                    .add(new Recordings.Source(item.file(), item.minus()));
            if (item.role() != null) {
                recordings.roles.put(group, item.role());
            }
        }
        if (recordings.byGroup.size() < Role.values().length) {
            throw new IOException("Expected WAV or FLAC files of at least three speakers or noises in " + folder
                    + " (one each for training, development and test), each a subfolder or a file; found "
                    + recordings.byGroup.size() + ".");
        }
        return recordings.split(sampleRateHz);
    }

    /** Uses the roles of the corpus. If these leave a role empty, ignores them and splits all groups. */
    private Map<Role, Recordings> split(int sampleRateHz) {
        Map<Role, List<List<Recordings.Source>>> byRole = split(roles);
        if (byRole.size() < Role.values().length) {
            byRole = split(Map.of());
        }
        Map<Role, Recordings> recordings = new EnumMap<>(Role.class);
        byRole.forEach((role, groups) -> recordings.put(role, new Recordings(sampleRateHz, groups, true)));
        return recordings;
    }

    /** Splits the groups without a given role; roles that the corpus covers get none of them. */
    private Map<Role, List<List<Recordings.Source>>> split(Map<String, Role> given) {
        Set<Role> covered = EnumSet.noneOf(Role.class);
        covered.addAll(given.values());
        Map<Role, List<List<Recordings.Source>>> byRole = new EnumMap<>(Role.class);
        int position = 0;
        for (Map.Entry<String, List<Recordings.Source>> group : byGroup.entrySet()) {
            Role role = given.get(group.getKey());
            if (role == null) {
                role = roleAt(position++ % CYCLE, covered);
            }
            byRole.computeIfAbsent(role, any -> new ArrayList<>()).add(group.getValue());
        }
        return byRole;
    }

    private static Role roleAt(int position, Set<Role> covered) {
        Role role = position == DEVELOPMENT_POSITION
                ? Role.DEVELOPMENT
                : position == TEST_POSITION ? Role.TEST : Role.TRAIN;
        return covered.contains(role) ? Role.TRAIN : role;
    }
}
