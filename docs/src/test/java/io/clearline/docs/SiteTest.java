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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|rel=\"stylesheet\" href)=\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"#:]+)(?:#[^\"]*)?\"");

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Site.write(CommittedText.home(), folder);
    }

    @Test
    void everyDocumentOfTheNavigationIsAPage() throws IOException {
        assertThat(Site.pages(CommittedText.home())).hasSizeGreaterThan(20).allSatisfy(page -> assertThat(
                        folder.resolve(Site.output(page)))
                .isNotEmptyFile());
    }

    @Test
    void theNavigationNamesAPageOnce() {
        String page = text(folder.resolve("index.html"));
        String navigation = page.substring(page.indexOf("<nav"), page.indexOf("</nav>"));
        assertThat(LINK.matcher(navigation).results().map(link -> link.group(1)))
                .contains("quick-start.html")
                .doesNotHaveDuplicates();
    }

    @Test
    void aPageLoadsNothingFromElsewhere() {
        assertThat(pages()).allSatisfy(page -> assertThat(matches(LOADED, page)).allSatisfy(source -> {
            assertThat(source).doesNotContain(":");
            assertThat(page.resolveSibling(source).normalize()).exists();
        }));
    }

    @Test
    void everyLinkOfAPageLeadsToAPage() {
        assertThat(pages())
                .allSatisfy(page -> assertThat(matches(LINK, page)).isNotEmpty().allSatisfy(link -> assertThat(
                                page.resolveSibling(link).normalize())
                        .exists()));
    }

    @Test
    void theCommandReferenceHasTheHelpOfEveryCommand() {
        assertThat(text(folder.resolve("reference/commands.html")))
                .contains("clearline model announce", "Usage: clearline up", "--bootstrap-servers");
    }

    @Test
    void theAlertsAreThoseOfPrometheus() {
        assertThat(text(folder.resolve("operations/alerts.html")))
                .contains("ClearlineFramesDry", "ClearlineRestarts", "What to do.");
    }

    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> matches(Pattern pattern, Path page) {
        return pattern.matcher(text(page))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
