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
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.clearline.console.SimulatedStreams;
import io.clearline.gateway.Gateway;
import io.clearline.gateway.GatewaySettings;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.StreamEventKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: one browser and one console for all; skipped where there is no browser. */
class ConsolePageIT {
    private static final String ODD_ID = "<img src=x onerror=\"document.title='run'\"> \uD83C\uDF99 a/b?c#d";
    private static final String TOKEN = "0123456789abcdef0123";
    private static final String LONG_ID = "<img src=x onerror=\"document.title='run'\">".repeat(230);

    /** Where each view is, and what holds in the page once it shows what there is. */
    private enum View {
        OVERVIEW(
                "#/overview",
                "document.querySelector('.tile .value')?.textContent !== '\u2013'"
                        + " && document.querySelector('.events')?.textContent.includes('<img src=x')"),
        STREAMS("#/streams", "document.querySelectorAll('.item:not([hidden])').length > 2"),
        STREAM("#/stream/call-1", "document.getElementById('view').clearline?.pictures()?.after.next > 0"),
        DEAD_LETTERS("#/dead-letters", "document.querySelector('.letter')"),
        MODELS("#/models", "document.querySelectorAll('tbody tr').length > 1"),
        TRY("#/try", "document.querySelector('h1')?.textContent === 'Try it'");

        private final String hash;
        private final String ready;

        View(String hash, String ready) {
            this.hash = hash;
            this.ready = ready;
        }
    }

    @TempDir
    private static Path folder;

    private static Gateway gateway;
    private static ConsoleFixture console;
    private static ScheduledExecutorService traffic;
    private static PageBrowser browser;

    @BeforeAll
    static void start() throws IOException {
        PageBrowser.assumePresent();
        console = new ConsoleFixture("127.0.0.1", new Guard(null, null), ConsolePageIT::gateway);
        console.board.deadLetter(
                new DeadFrame(
                        "clearline.frames.raw",
                        0,
                        7L,
                        DeadReason.BROKEN,
                        "<script>document.title='run'</script>",
                        ByteBuffer.wrap("<script>document.title='run'</script>".getBytes(StandardCharsets.UTF_8)),
                        -1,
                        "",
                        false,
                        -1),
                "k",
                System.currentTimeMillis());
        console.board.event(
                SimulatedStreams.event(LONG_ID, StreamEventKind.GAP, System.currentTimeMillis()),
                System.currentTimeMillis());
        SimulatedStreams streams = new SimulatedStreams(
                console.board, List.of("call-1", "call-2", ODD_ID), SimulatedStreams.FRAME_SAMPLES);
        streams.open(System.currentTimeMillis());
        traffic = Executors.newSingleThreadScheduledExecutor();
        traffic.scheduleAtFixedRate(() -> streams.frame(System.currentTimeMillis()), 0, 20, TimeUnit.MILLISECONDS);
        traffic.scheduleAtFixedRate(() -> streams.estimate(System.currentTimeMillis()), 1, 1, TimeUnit.SECONDS);
        browser = PageBrowser.start(
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + tone());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (console != null) {
            traffic.shutdownNow();
            console.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @AfterEach
    void closePage() {
        if (browser != null) {
            browser.closePage();
            browser.errors.clear();
        }
    }

    @Test
    void axeFindsNothingInAnyViewAndTheme() throws IOException {
        for (ColorScheme theme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            Page page = page(1280, 800, theme);
            for (View view : View.values()) {
                open(page, view);
                page.evaluate(axe());
                Object found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((r) =>"
                        + " r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' ; ')))");
                assertThat((List<?>) found).as(view + " " + theme).isEmpty();
                screenshot(page, view + "-" + theme);
            }
        }
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void nothingIsWiderThanAPhone() {
        for (int width : List.of(320, 390)) {
            Page page = page(width, 800, ColorScheme.LIGHT);
            for (View view : View.values()) {
                open(page, view);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(view + " at " + width)
                        .isLessThanOrEqualTo(width);
                screenshot(page, view + "-" + width);
            }
        }
    }

    @Test
    void whateverAStreamIsCalledIsShownAsText() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.STREAMS);
        Locator row = page.locator(".item", new Page.LocatorOptions().setHasText(ODD_ID));
        row.click();
        until(page, "document.querySelector('h1').textContent.includes('img')");
        assertThat(page.locator("h1").textContent()).isEqualTo(ODD_ID);
        assertThat(page.locator("main img").count()).isZero();
        open(page, View.OVERVIEW);
        assertThat(page.locator("main img").count()).isZero();
        open(page, View.DEAD_LETTERS);
        page.locator(".letter summary").click();
        assertThat(page.locator(".hex").textContent()).contains("3c 73 63 72 69 70 74");
        assertThat(page.locator("main script").count()).isZero();
        assertThat(page.title()).doesNotContain("run");
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void whatIsRefusedIsToldInTheServersWords() {
        Page page = page(1280, 800, ColorScheme.DARK);
        PageBrowser.open(page, console.address(), "#/stream/never-seen");
        until(page, "document.querySelector('main').textContent.includes('No stream has this id')");
    }

    @Test
    void theKeyboardReachesEverything() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.OVERVIEW);
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
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void announcingNeedsTheTokenAndSaysWhatWillHappen() throws IOException {
        try (ConsoleFixture guarded = new ConsoleFixture("127.0.0.1", new Guard(TOKEN, null))) {
            Page page = page(1280, 800, ColorScheme.DARK);
            page.navigate(guarded.address() + "/#/models");
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
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void tenThousandStreamsAreAFewRows() throws IOException {
        List<String> ids = IntStream.range(0, 10_000)
                .mapToObj(i -> String.format("many-%05d", i))
                .toList();
        try (ConsoleFixture many = new ConsoleFixture("127.0.0.1", new Guard(null, null))) {
            new SimulatedStreams(many.board, ids, SimulatedStreams.FRAME_SAMPLES).frame(System.currentTimeMillis());
            Page page = page(1280, 800, ColorScheme.DARK);
            PageBrowser.open(page, many.address(), "#/streams");
            until(page, "document.querySelectorAll('.item:not([hidden])').length > 10");
            page.evaluate("document.querySelector('.scroll').scrollTop = 44 * 7000");
            until(
                    page,
                    "[...document.querySelectorAll('.item')].some((each) => each.textContent.includes('many-07003'))");
            assertThat((Integer) page.evaluate("document.querySelectorAll('.item').length"))
                    .isLessThan(40);
        }
        assertThat(browser.errors).isEmpty();
    }

    @Test
    void bothPicturesShowTheSameSamples() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.STREAM);
        until(
                page,
                "document.getElementById('view').clearline.store.end > 32000"
                        + " && document.getElementById('view').clearline.pictures()?.after.next > 50");
        Object same = page.evaluate("(() => { const p = document.getElementById('view').clearline.pictures();"
                + " return p.before.next === p.after.next && p.before.hop === 320 && p.before.window === 640; })()");
        assertThat(same).isEqualTo(true);
    }

    @Test
    void anAnswerThatComesLateIsPutIn() {
        byte[] loud = new byte[2 * SimulatedStreams.FRAME_SAMPLES];
        Arrays.fill(loud, (byte) 0x10);
        long startMillis = System.currentTimeMillis();
        Page page = page(1280, 800, ColorScheme.DARK);
        // Watched first: audio is kept of streams that somebody looks at.
        PageBrowser.open(page, console.address(), "#/stream/late-1");
        for (int i = 0; i < 100; i++) {
            console.board.frameIn(SimulatedStreams.raw("late-1", i, startMillis + 20 * i, loud), 0, startMillis);
        }
        String store = "document.getElementById('view').clearline.store";
        until(page, store + ".end === 32000");
        assertThat(page.evaluate(store + ".after[16000]")).isEqualTo(0);
        for (int i = 0; i < 100; i++) {
            console.board.frameOut(
                    SimulatedStreams.enhanced("late-1", i, startMillis + 20 * i, loud), 0, startMillis + 5_000);
        }
        until(page, store + ".after[0] > 0.1 && " + store + ".after[31999] > 0.1");
        assertThat(page.evaluate(store + ".end")).isEqualTo(32_000);
    }

    @Test
    void changingSidesLosesNoSampleAndDoesNotClick() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.TRY);
        // Before is a ramp, after the same ramp a quarter higher: what is heard must be ramp plus a share of a quarter.
        Object heard = page.evaluate("""
                (async () => {
                  const { makeNode } = await import("/player.js");
                  const context = new OfflineAudioContext(1, 16000, 16000);
                  const node = await makeNode(context, 32000);
                  node.connect(context.destination);
                  const before = Float32Array.from({ length: 16000 }, (_, i) => i / 32000);
                  const after = before.map((each) => each + 0.25);
                  node.port.postMessage({ add: { from: 0, before, after }, hear: "before", seek: 0 });
                  await new Promise((resolve) => setTimeout(resolve, 300));
                  context.suspend(0.25).then(() => {
                    node.port.postMessage({ hear: "after" });
                    setTimeout(() => context.resume(), 300);
                  });
                  const out = (await context.startRendering()).getChannelData(0);
                  let first = -1, last = -1, widest = 0, previous = null;
                  for (let i = 200; i < out.length; i++) {
                    const share = (out[i] - before[i]) / 0.25;
                    if (share > 1e-4 && first < 0) first = i;
                    if (share < 1 - 1e-4) last = i;
                    if (previous !== null) widest = Math.max(widest, Math.abs(share - previous));
                    previous = share;
                  }
                  return [first, last, Math.round(1 / widest)];
                })()
                """);
        List<?> numbers = (List<?>) heard;
        int first = ((Number) numbers.get(0)).intValue();
        int last = ((Number) numbers.get(1)).intValue();
        assertThat(first).isGreaterThanOrEqualTo(4_000);
        // Five milliseconds at 16 kHz.
        assertThat(last - first).isBetween(70, 90);
        assertThat(((Number) numbers.get(2)).intValue()).isBetween(75, 85);
    }

    @Test
    void kafkaAwayAndBackIsTold() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.OVERVIEW);
        console.status = ConsoleFixture.AWAY;
        until(page, "!document.getElementById('banner').hidden");
        assertThat(page.locator("#link").textContent()).isEqualTo("Kafka is away");
        console.status = ConsoleFixture.HERE;
        until(page, "document.getElementById('banner').hidden");
        assertThat(page.locator("#link").textContent()).isEqualTo("Live");
    }

    /** Slow: a browser that gets no turns beside a busy build hears nothing. */
    @Test
    @Tag("slow")
    void whatTheMicrophoneHearsComesBackIntoTheHeadphones() {
        Page page = page(1280, 800, ColorScheme.DARK);
        open(page, View.TRY);
        page.getByText("Open the microphone").click();
        until(page, "location.hash.startsWith('#/stream/mic-')");
        String heard = "(await import('/microphone.js')).microphone";
        until(page, heard + ".heardSamples > 3 * 16000");
        // A tone of 0.3 has an RMS of 0.21; a busy machine leaves holes in it, silence has 0.
        until(page, "Math.sqrt(" + heard + ".heardPower / " + heard + ".heardSamples) > 0.01");
        until(page, "document.getElementById('microphone').textContent.includes('back after')");
        screenshot(page, "microphone");
        assertThat(gateway.sessions()).hasSize(1);
        page.locator("#microphone").getByText("Stop").click();
        until(page, "document.getElementById('microphone').hidden");
        await().pollInSameThread().atMost(PageBrowser.PATIENCE).until(() -> gateway.sessions()
                .isEmpty());
        assertThat(browser.errors).isEmpty();
    }

    /** A real gateway; without Kafka it plays back what it hears. */
    private static synchronized MicrophoneGateway.Address gateway() throws IOException {
        if (gateway == null) {
            gateway = Gateway.start(new GatewaySettings("127.0.0.1:1").webSocket(0));
        }
        return new MicrophoneGateway.Address(URI.create("ws://127.0.0.1:" + gateway.webSocketPort() + "/audio"), "");
    }

    /** What the browser's fake microphone hears, over and over. */
    private static Path tone() throws IOException {
        short[] samples = new short[16_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (32_767 * 0.3 * Math.sin(2 * Math.PI * 440 * i / 16_000));
        }
        byte[] bytes = new byte[2 * samples.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        Path file = folder.resolve("tone.wav");
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples.length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    private Page page(int width, int height, ColorScheme theme) {
        return browser.page(width, height, theme);
    }

    private static void open(Page page, View view) {
        PageBrowser.open(page, console.address(), view.hash);
        until(page, view.ready);
    }

    private static String axe() throws IOException {
        try (InputStream source = ConsolePageIT.class.getResourceAsStream("/io/clearline/console/axe.min.js")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
