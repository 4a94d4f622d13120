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

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the layout and the accessibility of the page in a real browser. */
@ExtendWith(LiveConsoleExtension.class)
class PageLookIT {
    /** Lists the elements that clip their content and currently do so. */
    private static final String CLIPPED = "[...document.querySelectorAll('.tabs, .rowhead')]"
            + ".filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.className)";

    private final LiveConsole live;

    PageLookIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void axeFindsNoViolationInAnyViewAndTheme() throws IOException {
        for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            Page page = live.page(1280, 800, theme);
            for (View view : View.values()) {
                live.open(page, view);
                page.evaluate(axe());
                Object found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) =>"
                        + " r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' ; ')))");
                assertThat((List<?>) found).as(view + " " + theme).isEmpty();
            }
        }
        assertThat(live.errors()).isEmpty();
    }

    @Test
    void spectrogramsMoveInStepsWithReducedMotion() {
        Page page = live.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        live.open(page, View.STREAM);
        Object millis = page.evaluate("""
                (async () => {
                  const { plots } = document.getElementById("view").clearline;
                  const steps = [];
                  while (steps.length < 4) {
                    await new Promise(requestAnimationFrame);
                    if (plots.edge !== steps.at(-1)?.edge) steps.push({ edge: plots.edge, at: performance.now() });
                  }
                  return Math.round(steps[3].at - steps[1].at);
                })()
                """);
        assertThat((Integer) millis).as("two steps of a second").isGreaterThan(1_000);
    }

    @Test
    void noViewIsWiderThanTheScreen() {
        for (int width : List.of(320, 390, 768)) {
            Page page = live.page(width, 800, ColorScheme.LIGHT);
            for (View view : View.values()) {
                live.open(page, view);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(view + " at " + width)
                        .isLessThanOrEqualTo(width);
                assertThat((List<?>) page.evaluate(CLIPPED))
                        .as("clipped elements in " + view + " at " + width)
                        .isEmpty();
            }
        }
    }

    private static String axe() throws IOException {
        try (InputStream source = PageLookIT.class.getResourceAsStream("/io/clearline/console/axe.min.js")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
