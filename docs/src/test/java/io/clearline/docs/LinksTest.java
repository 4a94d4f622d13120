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
package io.clearline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final Pattern ANCHOR = Pattern.compile("<h[1-6] id=\"([^\"]+)\"");

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        for (MarkdownFile document : Documents.all()) {
            for (String destination : document.destinations()) {
                if (isRelative(destination) && !exists(document, destination)) {
                    broken.add(document.path() + ": " + destination);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyFragmentOfALinkIsAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (MarkdownFile page : Documents.pages()) {
            for (String destination : page.destinations()) {
                int fragment = destination.indexOf('#');
                if (isRelative(destination) && fragment > 0) {
                    String path = Site.resolve(page.path(), destination);
                    if (!anchors(path).contains(destination.substring(fragment + 1))) {
                        broken.add(page.path() + ": " + destination);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfTheFolderIsInTheNavigation() throws IOException {
        Set<String> pages = Documents.pages().stream().map(MarkdownFile::path).collect(Collectors.toSet());
        assertThat(Documents.all())
                .filteredOn(document -> document.path().startsWith("docs/"))
                .allSatisfy(document -> assertThat(pages).contains(document.path()));
    }

    private static boolean isRelative(String destination) {
        return !destination.matches("[a-z]+:.*") && !destination.startsWith("#");
    }

    private static boolean exists(MarkdownFile document, String destination) {
        return Files.exists(CommittedText.home().resolve(Site.resolve(document.path(), destination)));
    }

    private static Set<String> anchors(String path) throws IOException {
        String html = new PageLinks(path, Set.of()).render(Site.page(CommittedText.home(), path));
        return ANCHOR.matcher(html).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }
}
