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
 * The manifest of a corpus, {@code manifest.json} in its folder. Immutable.
 *
 * @param packages origins of the recordings
 * @param recordings audio files, in the order of their paths
 * @param skipped files that could not be decoded; packages contain a few broken ones
 */
public record CorpusManifest(List<Origin> packages, List<Recording> recordings, List<String> skipped) {
    /**
     * A package that was fetched, or a speech engine that was installed.
     *
     * @param name of the package
     * @param version of the package
     * @param sha256 of the archive, in hexadecimal; empty for a speech engine
     * @param licences short names in {@code debian/copyright}, for the whole package including programs and pictures
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
     * @param role use of the recording
     * @param kind speech or noise
     * @param group speaker or noise, {@code PACKAGE} or {@code PACKAGE:PART}; the unit that an evaluation resamples in
     *     a bootstrap
     * @param seconds duration
     * @param synthetic whether a speech engine produced it
     */
    public record Recording(String path, Role role, Kind kind, String group, double seconds, boolean synthetic) {
        /** Returns the package of the recording. All recordings of a package have the same role. */
        public String origin() {
            return group.split(":")[0];
        }
    }

    /** @throws IllegalArgumentException if recordings of one package have different roles */
    public CorpusManifest {
        Map<String, Role> roles = new HashMap<>();
        for (Recording recording : recordings) {
            Role other = roles.putIfAbsent(recording.origin(), recording.role);
            if (other != null && other != recording.role) {
                throw new IllegalArgumentException("The corpus mixes roles: package " + recording.origin() + " is for "
                        + other + " and, with " + recording.path + ", for " + recording.role
                        + ". Roles must not share voices or noises; fetch the corpus again.");
            }
        }
    }

    private static final String FILE = "manifest.json";

    /** Returns the recordings of one role and kind. */
    public List<Recording> recordings(Role role, Kind kind) {
        return recordings.stream()
                .filter(each -> each.role() == role && each.kind() == kind)
                .toList();
    }

    /**
     * Returns the corpus without some of the training voices. Development and test sets are unchanged.
     *
     * @param names packages ({@link Recording#origin}) or speakers ({@link Recording#group})
     * @throws IOException if the corpus has no training voice of one of the names
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
            throw new IOException("The recipe excludes training voices (mixing.withoutVoices) that the corpus does not"
                    + " have: " + unknown + ". Correct the names, or fetch the whole corpus.");
        }
        return new CorpusManifest(packages, kept, skipped);
    }

    /**
     * Reads the manifest of a corpus.
     *
     * @throws IOException if there is none or it cannot be parsed
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
