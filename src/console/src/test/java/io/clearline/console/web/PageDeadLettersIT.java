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
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The view of dead letters, while new ones keep arriving. */
@ExtendWith(LiveConsoleExtension.class)
class PageDeadLettersIT {
    private static final String SHOWN = "document.querySelectorAll('.letter').length";

    private final LiveConsole live;

    PageDeadLettersIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void theOpenLetterStaysThroughAFlood() throws IOException {
        try (ConsoleFixture flooded = new ConsoleFixture("127.0.0.1", new Guard(null, null))) {
            letters(flooded, 0, 3, DeadReason.BROKEN);
            Page page = live.page();
            PageBrowser.open(page, flooded.address(), "#/dead-letters");
            until(page, SHOWN + " === 3");
            page.locator(".letter summary").last().click();
            page.locator(".letter summary").last().focus();
            for (int i = 1; i <= 5; i++) {
                letters(flooded, 3 + 1_000 * (i - 1), 1_000, DeadReason.KEY_MISMATCH);
                int newest = 3 + 1_000 * i;
                until(page, "document.querySelector('.letter').dataset.number === '" + newest + "'");
            }
            assertThat(page.evaluate(SHOWN))
                    .as("the newest letters and the open one")
                    .isEqualTo(201);
            assertThat(page.evaluate("document.activeElement.parentNode.dataset.number"))
                    .isEqualTo("1");
            assertThat(page.locator(".letter[open] .hex").textContent()).contains("00 01 02");
            assertThat(page.locator("main .head").textContent()).contains("the newest 200 of 5,003");

            page.locator(".chip[data-reason=BROKEN]").click();
            until(page, "document.querySelector('main').textContent.includes('None of them is among the newest')");
            assertThat(page.evaluate("document.activeElement.dataset.reason")).isEqualTo("BROKEN");
            letters(flooded, 5_003, 1, DeadReason.BROKEN);
            until(page, "document.querySelector('.letter')?.dataset.number === '5004'");
            assertThat(page.evaluate("document.activeElement.dataset.reason")).isEqualTo("BROKEN");
        }
        assertThat(live.errors()).isEmpty();
    }

    private static void letters(ConsoleFixture console, int from, int count, DeadReason reason) {
        for (int i = from; i < from + count; i++) {
            DeadFrame dead = new DeadFrame(
                    "raw", 0, (long) i, reason, "no " + i, ByteBuffer.wrap(new byte[] {0, 1, 2}), 3, "", false, -1);
            console.board.deadLetter(dead, "k", System.currentTimeMillis());
        }
    }
}
