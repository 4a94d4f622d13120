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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a corpus consists of: {@code manifest.json} in its folder.
 *
 * @param packages where the recordings come from
 * @param recordings the files, in order of their paths
 * @param skipped what could not be decoded: packages carry a few broken files
 */
public record CorpusManifest(List<Origin> packages, List<Recording> recordings, List<String> skipped) {
    /**
     * A package as it was fetched, or a speech engine as it was installed.
     *
     * @param licences short names, as {@code debian/copyright} has them; of the whole package, its programs and
     *     pictures too
     */
    public record Origin(String name, String version, String sha256, List<String> licences) {
        public Origin {
            licences = licences == null ? List.of() : List.copyOf(licences);
        }
    }

    /**
     * One file of 16 kHz mono audio.
     *
     * @param path relative to the corpus
     * @param group speaker or noise, {@code PACKAGE} or {@code PACKAGE:PART}; what a judge draws anew in a bootstrap
     * @param synthetic whether a speech engine said it
     */
    public record Recording(String path, Role role, Kind kind, String group, double seconds, boolean synthetic) {
        /** The package of the recording: all recordings of a package have one role. */
        public String origin() {
            return group.split(":")[0];
        }
    }

    public CorpusManifest {
        Map<String, Role> roles = new HashMap<>();
        for (Recording recording : recordings) {
            Role other = roles.putIfAbsent(recording.origin(), recording.role);
            if (other != null && other != recording.role) {
                throw new IllegalArgumentException("The corpus mixes roles: package " + recording.origin() + " is for "
                        + other + " and, with " + recording.path + ", for " + recording.role
                        + ". No role may hear another's voices and noises; fetch the corpus again.");
            }
        }
    }

    private static final String FILE = "manifest.json";

    /** The recordings of one role and kind. */
    public List<Recording> recordings(Role role, Kind kind) {
        return recordings.stream()
                .filter(each -> each.role() == role && each.kind() == kind)
                .toList();
    }

    /**
     * The corpus without some of the voices for training; development and test keep theirs.
     *
     * @param names packages or speakers, as {@link Recording#origin} and {@link Recording#group} have them
     * @throws IOException when the corpus has no such voice for training
     */
    public CorpusManifest withoutVoices(Set<String> names) throws IOException {
        Set<String> unknown = new TreeSet<>(names);
        List<Recording> kept = new ArrayList<>();
        for (Recording recording : recordings) {
            boolean trains = recording.role() == Role.TRAIN && recording.kind() == Kind.SPEECH;
            boolean named = names.contains(recording.group()) || names.contains(recording.origin());
            if (trains && named) {
                unknown.remove(recording.group());
                unknown.remove(recording.origin());
            } else {
                kept.add(recording);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IOException("The recipe leaves out voices (mixing.withoutVoices) that the corpus does not have: "
                    + unknown + ". Correct the names, or fetch the whole corpus.");
        }
        return new CorpusManifest(packages, kept, skipped);
    }

    /**
     * Reads the manifest of a corpus.
     *
     * @throws IOException when there is none
     */
    public static CorpusManifest read(Path corpus) throws IOException {
        Path file = corpus.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException("No corpus in " + corpus + " (" + FILE
                    + " is missing); make one with: clearline corpus fetch --dir " + corpus);
        }
        return new ObjectMapper().readValue(file.toFile(), CorpusManifest.class);
    }

    /** Writes the manifest into the folder of the corpus. */
    public void write(Path corpus) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        mapper.writeValue(corpus.resolve(FILE).toFile(), this);
    }
}
