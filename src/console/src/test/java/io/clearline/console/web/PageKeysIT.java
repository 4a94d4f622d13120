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
package io.clearline.console.web;

import static io.clearline.console.web.PageBrowser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.clearline.console.SimulatedStreams;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Navigates the page by keyboard, and through ten thousand streams. */
@ExtendWith(LiveConsoleExtension.class)
class PageKeysIT {
    private final LiveConsole live;

    PageKeysIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void theKeyboardReachesEverything() {
        Page page = live.page();
        live.open(page, View.OVERVIEW);
        page.keyboard().press("2");
        until(page, View.STREAMS.ready);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        until(page, "location.hash.startsWith('#/stream/')");
        until(page, "document.querySelector('.facts')?.textContent.includes('PCM 16 kHz')");
        page.keyboard().press("a");
        assertThat(page.locator("[data-side=before]").getAttribute("aria-pressed"))
                .isEqualTo("true");
        page.keyboard().press("t");
        assertThat(page.evaluate("document.documentElement.dataset.theme")).isEqualTo("light");
        page.keyboard().press("3");
        until(page, View.DEAD_LETTERS.ready);
        page.keyboard().press("4");
        until(page, View.MODELS.ready);
        page.keyboard().press("5");
        until(page, View.TRY.ready);
        page.keyboard().press("1");
        until(page, View.OVERVIEW.ready);
        assertThat(live.errors()).isEmpty();
    }

    @Test
    void theFocusedElementKeepsTheFocusWhenItIsRenderedAgain() {
        Page page = live.page();
        live.open(page, View.TRY);
        Object same = page.evaluate("""
                (async () => {
                  const { fill, h } = await import("/dom.js");
                  const main = document.getElementById("view");
                  const link = (id) => h("a", { href: "#/stream/" + id }, "stream");
                  fill(main, link(1), link(2));
                  main.lastChild.focus();
                  fill(main, link(3), link(1), link(2));
                  const kept = document.activeElement === main.lastChild;
                  fill(main, link(3));
                  return kept && document.activeElement !== main.firstChild;
                })()
                """);
        assertThat(same).isEqualTo(true);
    }

    @Test
    void tenThousandStreamsAreRenderedAsAFewRows() throws IOException {
        List<String> ids = IntStream.range(0, 10_000)
                .mapToObj(i -> String.format("many-%05d", i))
                .toList();
        try (ConsoleFixture many = new ConsoleFixture("127.0.0.1", new Guard(null, null))) {
            new SimulatedStreams(many.board, ids, SimulatedStreams.FRAME_SAMPLES).frame(System.currentTimeMillis());
            Page page = live.page();
            PageBrowser.open(page, many.address(), "#/streams");
            until(page, "document.querySelectorAll('.item:not([hidden])').length > 10");
            page.evaluate("document.querySelector('.scroll').scrollTop = 44 * 7000");
            until(
                    page,
                    "[...document.querySelectorAll('.item')].some((each) => each.textContent.includes('many-07003'))");
            assertThat((Integer) page.evaluate("document.querySelectorAll('.item').length"))
                    .isLessThan(40);
        }
        assertThat(live.errors()).isEmpty();
    }
}
