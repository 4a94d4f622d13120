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
import com.microsoft.playwright.options.ColorScheme;
import io.clearline.console.SimulatedStreams;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The page in a real browser, in the seconds that every build has: each view opens and shows what is there.
 * {@link ConsolePageIT} looks closer.
 */
class PageOpensIT {
    private ConsoleFixture console;
    private PageBrowser browser;

    @BeforeEach
    void start() throws IOException {
        PageBrowser.assumePresent();
        console = new ConsoleFixture("127.0.0.1", new Guard(null, null));
        browser = PageBrowser.start();
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (console != null) {
            console.close();
        }
    }

    @Test
    void everyViewOpens() {
        SimulatedStreams streams =
                new SimulatedStreams(console.board, List.of("call-1", "call-2"), SimulatedStreams.FRAME_SAMPLES);
        long nowMillis = System.currentTimeMillis();
        for (int i = 0; i < 50; i++) {
            streams.frame(nowMillis + 20 * i);
        }
        streams.estimate(nowMillis);
        Page page = browser.page(1280, 800, ColorScheme.DARK);
        PageBrowser.open(page, console.address(), "#/overview");
        until(page, "document.querySelector('.tile .value').textContent !== '\u2013'");
        page.keyboard().press("2");
        until(page, "document.querySelectorAll('.item:not([hidden])').length === 2");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        until(page, "document.querySelector('h1').textContent === 'call-1'");
        until(page, "document.querySelector('.facts').textContent.includes('PCM 16 kHz')");
        page.keyboard().press("3");
        until(page, "document.querySelector('main').textContent.includes('No record was refused')");
        page.keyboard().press("4");
        until(page, "document.querySelectorAll('tbody tr').length > 1");
        page.keyboard().press("5");
        until(page, "document.querySelector('h1').textContent === 'Try it'");
        assertThat(browser.errors).isEmpty();
    }
}
