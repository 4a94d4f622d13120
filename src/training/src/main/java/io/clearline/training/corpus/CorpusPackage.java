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
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a Debian package gives to the corpus.
 *
 * @param include paths inside the package that are taken
 * @param exclude paths that are left out all the same; null for none
 * @param group the first bracket of this expression that matches a path names the speaker or the noise; null: the
 *     package does
 * @param longestSeconds what is taken of each file, from its start; null: all of it. Keeps hours of music from drowning
 *     the rest
 */
public record CorpusPackage(
        String name, Role role, Kind kind, String include, String exclude, String group, Double longestSeconds) {
    /** Packages that an independent test keeps for itself: no model may learn from them or be tuned by them. */
    private static final Pattern NEVER = Pattern.compile(
            "asterisk-core-sounds-(en|es|it)-.*|asterisk-prompt-.*|asterisk-moh-.*"
                    + "|fillets-ng-data-nl|pocketsphinx-testdata|megaglest-data|unknown-horizons|lincity-ng-data|widelands-data");

    public CorpusPackage {
        if (NEVER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Package " + name
                            + " is kept for an independent test and can't be part of a corpus. Take it off the list of packages.");
        }
    }

    /** The packages of the corpus that the published models learn from. */
    public static List<CorpusPackage> published() throws IOException {
        try (InputStream json = CorpusPackage.class.getResourceAsStream("packages.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        }
    }

    /** Whether the file at this path inside the package is part of the corpus. */
    boolean takes(String path) {
        return path.matches(include) && (exclude == null || !path.matches(exclude));
    }

    /** The speaker or noise of the file at this path. */
    String groupOf(String path) {
        Matcher matcher = group == null ? null : Pattern.compile(group).matcher(path);
        if (matcher == null || !matcher.matches()) {
            return name;
        }
        return IntStream.rangeClosed(1, matcher.groupCount())
                .mapToObj(matcher::group)
                .filter(Objects::nonNull)
                .findFirst()
                .map(part -> part.isEmpty() ? name : name + ":" + part)
                .orElse(name);
    }
}
