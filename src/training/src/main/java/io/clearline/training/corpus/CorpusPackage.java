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
 * The contribution of a package to the corpus, an entry of {@code packages.json}. Immutable.
 *
 * @param name of the package
 * @param role use of its recordings
 * @param kind speech or noise
 * @param include regular expression of the paths inside the package that are used
 * @param exclude regular expression of paths that are excluded from these; null for none
 * @param group regular expression whose first capturing group that matches is the name of the speaker or noise; null:
 *     the whole package is one
 * @param longestSeconds length that is used of each file, from its start, so that hours of music do not dominate; null:
 *     the whole file
 */
public record CorpusPackage(
        String name, Role role, Kind kind, String include, String exclude, String group, Double longestSeconds) {
    /** Packages reserved for an independent test. No model may be trained on them or tuned with them. */
    private static final Pattern NEVER = Pattern.compile(
            "asterisk-core-sounds-(en|es|it)-.*|asterisk-prompt-.*|asterisk-moh-.*"
                    + "|fillets-ng-data-nl|pocketsphinx-testdata|megaglest-data|unknown-horizons|lincity-ng-data|widelands-data");

    /** @throws IllegalArgumentException if the package is reserved for an independent test */
    public CorpusPackage {
        if (NEVER.matcher(name).matches()) {
            throw new IllegalArgumentException("Package " + name
                    + " is kept for an independent test and must not be part of a corpus. Remove it from"
                    + " packages.json.");
        }
    }

    /** Returns the packages of the corpus that the published models are trained on. */
    public static List<CorpusPackage> published() throws IOException {
        try (InputStream json = CorpusPackage.class.getResourceAsStream("packages.json")) {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        }
    }

    /** Returns whether the file at a path inside the package is part of the corpus. */
    boolean takes(String path) {
        return path.matches(include) && (exclude == null || !path.matches(exclude));
    }

    /** Returns the speaker or noise of the file at a path inside the package. */
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
