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

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a well-known corpus lies on disk, so that whoever has it can train on it as it is: LibriSpeech, VCTK, VoiceBank
 * with DEMAND, the DNS Challenge, MUSAN, WHAM, and responses of rooms (OpenSLR 28). Immutable.
 *
 * @param name of the corpus
 * @param markers folders of which one at least is there when the corpus is
 * @param rules which files are what; the first that takes a file decides
 */
public record CorpusLayout(String name, List<String> markers, List<Rule> rules) {
    /**
     * What files of one form are.
     *
     * @param role null: the corpus doesn't say, and its speakers or noises are split
     * @param files paths from the corpus's folder, with slashes; the first bracket that matches names the speaker or
     *     noise
     * @param minus what in the path is replaced, to find the file that is taken away sample by sample; null for none
     * @param with what it is replaced by
     */
    public record Rule(LayoutKind kind, Role role, String files, String minus, String with) {}

    /** What a file of a layout is. */
    public enum LayoutKind {
        SPEECH,
        NOISE,
        /** The response of a room. */
        ROOM
    }

    /**
     * A file that a layout knows.
     *
     * @param minus what is taken away from it; null for nothing
     * @param role null where the corpus doesn't say
     */
    public record Item(Path file, Path minus, Role role, String group) {}

    /** Subfolders or files are speakers or noises, nothing says what is for what: anybody's own recordings. */
    private static final CorpusLayout PLAIN = new CorpusLayout(
            "recordings",
            List.of(),
            List.of(
                    new Rule(LayoutKind.SPEECH, null, "([^/]+)(?:/.*)?", null, null),
                    new Rule(LayoutKind.NOISE, null, "([^/]+)(?:/.*)?", null, null),
                    new Rule(LayoutKind.ROOM, null, ".*", null, null)));

    /** The layout of what lies in a folder. */
    public static CorpusLayout of(Path folder) throws IOException {
        try (InputStream json = CorpusLayout.class.getResourceAsStream("layouts.json")) {
            List<CorpusLayout> known = new ObjectMapper().readValue(json, new TypeReference<>() {});
            return known.stream()
                    .filter(layout ->
                            layout.markers.stream().anyMatch(marker -> Files.isDirectory(folder.resolve(marker))))
                    .findFirst()
                    .orElse(PLAIN);
        }
    }

    /** The WAV and FLAC files of a kind in and under a folder, in order of their paths. */
    public List<Item> items(Path folder, LayoutKind kind) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(CorpusLayout::isAudio).sorted().toList();
        }
        List<Item> items = new ArrayList<>();
        for (Path file : files) {
            String path = folder.relativize(file).toString().replace('\\', '/');
            rules.stream()
                    .filter(rule -> rule.kind == kind)
                    .flatMap(rule -> item(folder, file, path, rule).stream())
                    .findFirst()
                    .ifPresent(items::add);
        }
        return items;
    }

    private static Optional<Item> item(Path folder, Path file, String path, Rule rule) {
        Matcher matcher = Pattern.compile(rule.files).matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String group = IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(path);
        Path minus = rule.minus == null ? null : folder.resolve(path.replace(rule.minus, rule.with));
        return Optional.of(new Item(file, minus, rule.role, group));
    }

    private static boolean isAudio(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".wav") || name.endsWith(".flac");
    }
}
