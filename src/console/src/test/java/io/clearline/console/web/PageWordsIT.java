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

import static io.clearline.console.web.PageBrowser.screenshot;
import static io.clearline.console.web.PageBrowser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the texts of the page: names, refusals, outages, and the effect of an announcement. */
@ExtendWith(LiveConsoleExtension.class)
class PageWordsIT {
    private static final String TOKEN = "0123456789abcdef0123";

    private final LiveConsole live;

    PageWordsIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void markupInTheIdOfAStreamIsShownAsText() {
        Page page = live.page();
        live.open(page, View.STREAMS);
        Locator row = page.locator(".item", new Page.LocatorOptions().setHasText(LiveConsole.ODD_ID));
        row.click();
        until(page, "document.querySelector('h1').textContent.includes('img')");
        assertThat(page.locator("h1").textContent()).isEqualTo(LiveConsole.ODD_ID);
        assertThat(page.locator("main img").count()).isZero();
        live.open(page, View.OVERVIEW);
        assertThat(page.locator("main img").count()).isZero();
        live.open(page, View.DEAD_LETTERS);
        page.locator(".letter summary").click();
        assertThat(page.locator(".hex").textContent()).contains("3c 73 63 72 69 70 74");
        assertThat(page.locator("main script").count()).isZero();
        assertThat(page.title()).doesNotContain("run");
        assertThat(live.errors()).isEmpty();
    }

    @Test
    void aRefusalIsShownWithTheMessageOfTheServer() {
        Page page = live.page();
        PageBrowser.open(page, live.console.address(), "#/stream/never-seen");
        until(page, "document.querySelector('main').textContent.includes('No stream has this id')");
    }

    @Test
    void thePageWaitsForAStreamThatHasJustStarted() {
        Page page = live.page();
        page.waitForResponse(
                answer -> answer.url().contains("/api/stream?") && answer.status() == 404,
                () -> PageBrowser.open(page, live.console.address(), "#/stream/not-yet"));
        assertThat(page.locator("main").textContent())
                .contains("Waiting for audio ...")
                .doesNotContain("No stream has this id");
    }

    @Test
    void anAddressWithAnInvalidEncodingIsUsedLiterally() {
        Page page = live.page();
        PageBrowser.open(page, live.console.address(), "#/stream/100%");
        assertThat(page.locator("h1").textContent()).isEqualTo("100%");
        assertThat(live.errors()).isEmpty();
    }

    @Test
    void announcingNeedsTheTokenAndExplainsItsEffect() throws IOException {
        try (ConsoleFixture guarded = new ConsoleFixture("127.0.0.1", new Guard(TOKEN, null))) {
            Page page = live.page();
            page.navigate(guarded.address() + "/#/models");
            page.locator("dialog input").fill("another");
            page.getByText("Open the console").click();
            until(page, "document.querySelector('dialog').textContent.includes('did not take that token')");
            page.locator("dialog input").fill(TOKEN);
            page.getByText("Open the console").click();
            page.locator("tbody button").last().click();
            until(page, "document.querySelector('dialog').textContent.includes('No stream stops')");
            screenshot(page, "announce");
            page.getByText("Cancel").click();
            until(page, "!document.querySelector('dialog').open");
            page.keyboard().press("3");
            until(page, "document.querySelector('main').textContent.includes('No record was refused')");
        }
        assertThat(live.errors()).isEmpty();
    }

    @Test
    void aSilentConsoleIsReported() throws IOException {
        try (StoppableNetwork network = new StoppableNetwork(live.console.port())) {
            Page page = live.page();
            PageBrowser.open(page, network.address(), "#/overview");
            network.stop();
            until(page, "document.getElementById('link').textContent === 'Console is away'");
            assertThat(page.locator("#banner").textContent()).contains("goes on by itself");
            network.resume();
            until(page, "document.getElementById('link').textContent === 'Live'");
            until(page, "document.getElementById('banner').hidden");
        }
    }

    @Test
    void anOutageOfKafkaIsReported() {
        Page page = live.page();
        live.open(page, View.OVERVIEW);
        live.console.status = ConsoleFixture.AWAY;
        until(page, "!document.getElementById('banner').hidden");
        assertThat(page.locator("#link").textContent()).isEqualTo("Kafka is away");
        live.console.status = ConsoleFixture.HERE;
        until(page, "document.getElementById('banner').hidden");
        assertThat(page.locator("#link").textContent()).isEqualTo("Live");
    }
}
