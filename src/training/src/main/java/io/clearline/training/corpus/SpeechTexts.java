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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sentences in many languages for speech synthesis, from the stamp descriptions of Tux Paint and the dialogue of Fish
 * Fillets. The Dutch dialogue is excluded, because an independent test uses recordings of it. Immutable after
 * construction.
 */
final class SpeechTexts {
    /** Packages that contain the sentences. */
    static final List<String> PACKAGES = List.of("tuxpaint-stamps-default", "fillets-ng-data");

    private static final Pattern STAMP = Pattern.compile("([a-zA-Z_]+)\\.utf8=(.+)");
    private static final Pattern DIALOGUE_FILE = Pattern.compile("dialogs_([a-zA-Z_]+)\\.lua");
    private static final Pattern DIALOGUE = Pattern.compile("(?m)^dialogStr\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\)");
    private static final String TEST_LANGUAGE = "nl";
    private static final int MIN_PASSAGE_CHARACTERS = 60;
    private static final int MAX_SENTENCE_CHARACTERS = 220;

    private final Map<String, List<String>> byLanguage = new TreeMap<>();

    /** Reads the texts from a folder of unpacked packages. */
    static SpeechTexts of(Path unpacked) throws IOException {
        SpeechTexts texts = new SpeechTexts();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(unpacked)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Matcher dialogue = DIALOGUE_FILE.matcher(name);
            if (dialogue.matches()) {
                texts.addDialogue(dialogue.group(1), text(file));
            } else if (name.endsWith(".txt") && file.toString().contains("/stamps/")) {
                texts.addStamp(text(file).lines().toList());
            }
        }
        return texts;
    }

    /** A few stamps are not UTF-8. Their invalid characters are dropped, and the rest of the file is used. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\ufffd", "");
    }

    private void addStamp(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher translated = STAMP.matcher(lines.get(i));
            if (translated.matches()) {
                add(translated.group(1), translated.group(2));
            } else if (i == 0) {
                add("en", lines.get(i));
            }
        }
    }

    private void addDialogue(String language, String lua) {
        Matcher matcher = DIALOGUE.matcher(lua);
        while (!language.equals(TEST_LANGUAGE) && matcher.find()) {
            add(language, matcher.group(1));
        }
    }

    private void add(String language, String sentence) {
        String plain = sentence.replaceAll("[\\\\\"()<>\\[\\]{}*_/#|]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        if (plain.length() > 2 && plain.length() <= MAX_SENTENCE_CHARACTERS) {
            byLanguage.computeIfAbsent(language, any -> new ArrayList<>()).add(plain);
        }
    }

    /**
     * Returns passages of one or a few sentences, in an order that depends on the seed. Sentences repeat if there are
     * too few of them.
     *
     * @param language as the packages name it
     * @param characters minimum of the total length
     * @throws IOException if there is no text in the language
     */
    List<String> passages(String language, long seed, int characters) throws IOException {
        List<String> sentences = new ArrayList<>(byLanguage.getOrDefault(language, List.of()));
        if (sentences.isEmpty()) {
            throw new IOException("No text in the language " + language + "; there are: " + byLanguage.keySet());
        }
        Collections.shuffle(sentences, new Random(seed));
        List<String> passages = new ArrayList<>();
        int total = 0;
        for (int i = 0; total < characters; ) {
            StringBuilder passage = new StringBuilder();
            while (passage.length() < MIN_PASSAGE_CHARACTERS) {
                String sentence = sentences.get(i++ % sentences.size());
                passage.append(sentence).append(sentence.matches(".*\\p{Punct}") ? " " : ". ");
            }
            total += passage.length();
            passages.add(passage.toString().strip());
        }
        return passages;
    }
}
