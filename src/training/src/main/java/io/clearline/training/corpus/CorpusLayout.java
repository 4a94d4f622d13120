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
 * The directory layout of a well-known corpus, which allows training on the corpus as it is distributed: LibriSpeech,
 * VCTK, VoiceBank with DEMAND, the DNS Challenge, MUSAN, WHAM, and room impulse responses (OpenSLR 28). Layouts are
 * defined in {@code layouts.json}. Immutable.
 *
 * @param name of the corpus
 * @param markers folders by which the corpus is recognised; at least one of them must exist
 * @param rules classification of the files; the first rule that matches a file applies
 */
public record CorpusLayout(String name, List<String> markers, List<Rule> rules) {
    /**
     * Classifies the files whose path matches an expression.
     *
     * @param kind of the files
     * @param role null if the corpus does not define it; its speakers or noises are split then
     * @param files regular expression of paths relative to the folder of the corpus, with slashes; the first capturing
     *     group that matches is the name of the speaker or noise
     * @param minus part of the path that is replaced to get the path of a file to subtract, sample by sample; null for
     *     none
     * @param with replacement of {@code minus}
     */
    public record Rule(LayoutKind kind, Role role, String files, String minus, String with) {}

    /** The kinds of files in a layout. */
    public enum LayoutKind {
        SPEECH,
        NOISE,
        /** A room impulse response. */
        ROOM
    }

    /**
     * A classified file.
     *
     * @param file audio file
     * @param minus file to subtract from it, sample by sample; null for none
     * @param role null if the corpus does not define it
     * @param group name of the speaker or noise
     */
    public record Item(Path file, Path minus, Role role, String group) {}

    /** The layout of a user's own recordings: each subfolder or file is one speaker or noise, without a role. */
    private static final CorpusLayout PLAIN = new CorpusLayout(
            "recordings",
            List.of(),
            List.of(
                    new Rule(LayoutKind.SPEECH, null, "([^/]+)(?:/.*)?", null, null),
                    new Rule(LayoutKind.NOISE, null, "([^/]+)(?:/.*)?", null, null),
                    new Rule(LayoutKind.ROOM, null, ".*", null, null)));

    /**
     * Recognises the layout of a folder.
     *
     * @return the layout of a well-known corpus, or that of plain recordings
     */
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

    /** Returns the WAV and FLAC files of a kind in a folder and its subfolders, in the order of their paths. */
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
