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
import io.clearline.console.SimulatedStreams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the spectrograms and the player: both sides stay aligned, in whatever order their frames arrive. */
@ExtendWith(LiveConsoleExtension.class)
class PageSoundIT {
    private final LiveConsole live;

    PageSoundIT(LiveConsole live) {
        this.live = live;
    }

    @Test
    void bothSpectrogramsShowTheSameSamples() {
        Page page = live.page();
        live.open(page, View.STREAM);
        until(
                page,
                "document.getElementById('view').clearline.store.end > 32000"
                        + " && document.getElementById('view').clearline.pictures()?.after.next > 50");
        Object same = page.evaluate("(() => { const p = document.getElementById('view').clearline.pictures();"
                + " return p.before.next === p.after.next && p.before.hop === 320 && p.before.window === 640; })()");
        assertThat(same).isEqualTo(true);
    }

    @Test
    void aLateAnswerIsInserted() {
        byte[] loud = new byte[2 * SimulatedStreams.FRAME_SAMPLES];
        Arrays.fill(loud, (byte) 0x10);
        long startMillis = System.currentTimeMillis();
        Page page = live.page();
        // Opened first, because only the audio of watched streams is kept.
        PageBrowser.open(page, live.console.address(), "#/stream/late-1");
        for (int i = 0; i < 100; i++) {
            live.console.board.frameIn(SimulatedStreams.raw("late-1", i, startMillis + 20 * i, loud), 0, startMillis);
        }
        String store = "document.getElementById('view').clearline.store";
        until(page, store + ".end === 32000");
        assertThat(page.evaluate(store + ".after[16000]")).isEqualTo(0);
        for (int i = 0; i < 100; i++) {
            live.console.board.frameOut(
                    SimulatedStreams.enhanced("late-1", i, startMillis + 20 * i, loud), 0, startMillis + 5_000);
        }
        until(page, store + ".after[0] > 0.1 && " + store + ".after[31999] > 0.1");
        assertThat(page.evaluate(store + ".end")).isEqualTo(32_000);
    }

    @Test
    void changingSidesCrossfadesWithoutLosingASample() {
        Page page = live.page();
        live.open(page, View.TRY);
        // One side is a ramp, the other the same ramp plus 0.25. The output must be the ramp plus a share of 0.25.
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
        // The crossfade takes 5 ms, 80 samples at 16 kHz.
        assertThat(last - first).isBetween(70, 90);
        assertThat(((Number) numbers.get(2)).intValue()).isBetween(75, 85);
    }

    @Test
    void theLastMinutePlaysFromItsBeginning() {
        Page page = live.page();
        live.open(page, View.STREAM);
        String view = "document.getElementById('view').clearline";
        until(page, view + ".store.end > 3 * 16000");
        page.getByText("From 60 s ago").click();
        until(page, view + ".player.position > " + view + ".store.start + 1600");
        assertThat(page.evaluate(view + ".player.position < " + view + ".store.end - 2 * 16000"))
                .as("the player stays at least two seconds behind the end")
                .isEqualTo(true);
    }

    @Test
    void anEndedStreamPlaysToItsEnd() {
        Page page = live.page();
        PageBrowser.open(page, live.console.address(), "#/stream/short");
        byte[] loud = new byte[2 * SimulatedStreams.FRAME_SAMPLES];
        long startMillis = System.currentTimeMillis() - 10_000;
        for (int i = 0; i < 50; i++) {
            long millis = startMillis + 20 * i;
            live.console.board.frameIn(SimulatedStreams.raw("short", i, millis, loud), 0, millis);
            live.console.board.frameOut(SimulatedStreams.enhanced("short", i, millis, loud), 0, millis);
        }
        Locator button = page.locator(".player .button.main");
        until(page, "document.querySelector('.head .state').textContent === 'Idle'");
        until(page, "document.getElementById('view').clearline.store.end === 16000");
        assertThat(button.textContent()).isEqualTo("Listen");
        button.click();
        until(page, "document.querySelector('.player').textContent.includes('s to the end')");
        until(page, "document.querySelector('.player').textContent.includes('1 s at hand')");
        assertThat(button.textContent()).isEqualTo("Listen");
        assertThat(page.evaluate("document.getElementById('view').clearline.player.position"))
                .isEqualTo(16_000);
    }

    /** Tagged as slow, because a browser that competes with a build for the CPU drops the audio. */
    @Test
    @Tag("slow")
    void audioOfTheMicrophoneIsPlayedBack() {
        Page page = live.page();
        live.open(page, View.TRY);
        page.getByText("Open the microphone").click();
        until(page, "location.hash.startsWith('#/stream/mic-')");
        String heard = "(await import('/microphone.js')).microphone";
        until(page, heard + ".heardSamples > 8000");
        // The tone has an RMS of 0.21. A busy machine leaves gaps in it; silence has an RMS of 0.
        until(page, "Math.sqrt(" + heard + ".heardPower / " + heard + ".heardSamples) > 0.01");
        until(page, "document.getElementById('microphone').textContent.includes('back after')");
        screenshot(page, "microphone");
        assertThat(live.gatewaySessions()).isEqualTo(1);
        page.locator("#microphone").getByText("Stop").click();
        until(page, "document.getElementById('microphone').hidden");
        await().pollInSameThread().atMost(PageBrowser.PATIENCE).until(() -> live.gatewaySessions() == 0);
        assertThat(live.errors()).isEmpty();
    }
}
