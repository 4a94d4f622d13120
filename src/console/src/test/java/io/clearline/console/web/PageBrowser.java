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

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Chromium as installed by Debian, so that nothing is downloaded. Has one page at a time. Thread-confined. */
final class PageBrowser implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    /** The script errors of the page. */
    final List<String> errors = new ArrayList<>();

    private final Playwright playwright;
    private final Browser browser;
    private BrowserContext context;

    private PageBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test when there is no browser. */
    static void assumePresent() {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM), "Skipped: no browser at " + CHROMIUM + ". Install Debian's chromium.");
    }

    /** Starts the browser with additional arguments. */
    static PageBrowser start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--no-sandbox",
                "--autoplay-policy=no-user-gesture-required",
                // Debian's wrapper enables the GPU, which would be emulated in software.
                "--disable-gpu"));
        all.addAll(List.of(arguments));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setTimeout(PATIENCE.toMillis())
                        .setArgs(all));
        return new PageBrowser(playwright, browser);
    }

    /** Opens an empty page, and closes the previous one. */
    Page page(int width, int height, ColorScheme theme) {
        closePage();
        context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
        context.setDefaultTimeout(PATIENCE.toMillis());
        Page page = context.newPage();
        page.onPageError(errors::add);
        releaseWorklets(page);
        return page;
    }

    /** Closes the page, if one is open. */
    void closePage() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** Resumes audio worklets: Playwright makes every worker wait for a debugger, and does not resume these. */
    private void releaseWorklets(Page page) {
        CDPSession session = context.newCDPSession(page);
        session.on("Target.attachedToTarget", event -> {
            JsonObject message = new JsonObject();
            message.add("sessionId", event.get("sessionId"));
            message.addProperty("message", "{\"id\":1,\"method\":\"Runtime.runIfWaitingForDebugger\"}");
            session.send("Target.sendMessageToTarget", message);
        });
        JsonObject attach = new JsonObject();
        attach.addProperty("autoAttach", true);
        attach.addProperty("waitForDebuggerOnStart", false);
        attach.addProperty("flatten", false);
        session.send("Target.setAutoAttach", attach);
    }

    /** Opens a view and waits for its first figures. */
    static void open(Page page, String address, String view) {
        page.navigate(address + "/" + view);
        until(page, "document.getElementById('link').dataset.state === 'good'");
        page.waitForSelector("main h1");
    }

    /** Waits until an expression is true. Playwright's own wait needs eval, which the page forbids. */
    static void until(Page page, String expression) {
        await().pollInSameThread()
                .atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(page.evaluate("(async () => Boolean(" + expression + "))()")));
    }

    /** Saves a screenshot, when the test runs with {@code -Dclearline.screenshots=FOLDER}. */
    static void screenshot(Page page, String name) {
        String folder = System.getProperty("clearline.screenshots");
        if (folder != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(folder, name.replaceAll("[^\\w-]+", "").toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
