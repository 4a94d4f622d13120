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
 * Splits the recordings of a folder into roles: as the corpus says that lies there, or, where it doesn't say, by
 * speaker or noise, of ten one for development and one for the test.
 */
final class FolderRecordings {
    private static final int CYCLE = 10;
    private static final int DEVELOPMENT_PLACE = 1;
    private static final int TEST_PLACE = 2;

    private final Map<String, List<Recordings.Source>> byGroup = new TreeMap<>();
    private final Map<String, Role> roles = new TreeMap<>();

    private FolderRecordings() {}

    static Map<Role, Recordings> of(Path folder, CorpusLayout.LayoutKind kind, int sampleRateHz) throws IOException {
        FolderRecordings recordings = new FolderRecordings();
        for (CorpusLayout.Item item : CorpusLayout.of(folder).items(folder, kind)) {
            // The same label under two roles, as a recording session of WHAM, is two groups.
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
                    + " (one to train, one to develop, one to test), each in a subfolder or a file of its own; found "
                    + recordings.byGroup.size() + ".");
        }
        return recordings.split(sampleRateHz);
    }

    /** As the corpus says; where that leaves a role empty, all anew. */
    private Map<Role, Recordings> split(int sampleRateHz) {
        Map<Role, List<List<Recordings.Source>>> byRole = split(roles);
        if (byRole.size() < Role.values().length) {
            byRole = split(Map.of());
        }
        Map<Role, Recordings> recordings = new EnumMap<>(Role.class);
        byRole.forEach((role, groups) -> recordings.put(role, new Recordings(sampleRateHz, groups, true)));
        return recordings;
    }

    private Map<Role, List<List<Recordings.Source>>> split(Map<String, Role> given) {
        Set<Role> covered = EnumSet.noneOf(Role.class);
        covered.addAll(given.values());
        Map<Role, List<List<Recordings.Source>>> byRole = new EnumMap<>(Role.class);
        int place = 0;
        for (Map.Entry<String, List<Recordings.Source>> group : byGroup.entrySet()) {
            Role role = given.get(group.getKey());
            if (role == null) {
                role = roleAt(place++ % CYCLE, covered);
            }
            byRole.computeIfAbsent(role, any -> new ArrayList<>()).add(group.getValue());
        }
        return byRole;
    }

    private static Role roleAt(int place, Set<Role> covered) {
        Role role = place == DEVELOPMENT_PLACE ? Role.DEVELOPMENT : place == TEST_PLACE ? Role.TEST : Role.TRAIN;
        return covered.contains(role) ? Role.TRAIN : role;
    }
}
