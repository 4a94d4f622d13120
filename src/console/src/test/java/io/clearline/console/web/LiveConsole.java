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
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A console with live streams, a gateway for microphones, and a browser whose microphone captures a tone. The id of one
 * stream, a dead letter and an event contain markup that must not be interpreted. Thread-confined.
 */
final class LiveConsole implements AutoCloseable {
    static final String ODD_ID = "<img src=x onerror=\"document.title='run'\"> \uD83C\uDF99 a/b?c#d";

    private static final String LONG_ID = "<img src=x onerror=\"document.title='run'\">".repeat(230);
    private static final String SCRIPT = "<script>document.title='run'</script>";
    private static final int RATE_HZ = 16_000;

    final ConsoleFixture console;
    final PageBrowser browser;

    private final Path tone;
    private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
    private Gateway gateway;

    LiveConsole() throws IOException {
        console = new ConsoleFixture("127.0.0.1", new Guard(null, null), this::gatewayAddress);
        console.board.deadLetter(deadLetter(), "k", System.currentTimeMillis());
        console.board.event(
                SimulatedStreams.event(LONG_ID, StreamEventKind.GAP, System.currentTimeMillis()),
                System.currentTimeMillis());
        SimulatedStreams streams = new SimulatedStreams(
                console.board, List.of("call-1", "call-2", ODD_ID), SimulatedStreams.FRAME_SAMPLES);
        streams.open(System.currentTimeMillis());
        traffic.scheduleAtFixedRate(() -> streams.frame(System.currentTimeMillis()), 0, 20, TimeUnit.MILLISECONDS);
        traffic.scheduleAtFixedRate(() -> streams.estimate(System.currentTimeMillis()), 1, 1, TimeUnit.SECONDS);
        tone = tone();
        browser = PageBrowser.start(
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-audio-capture=" + tone);
    }

    private static DeadFrame deadLetter() {
        ByteBuffer bytes = ByteBuffer.wrap(SCRIPT.getBytes(StandardCharsets.UTF_8));
        return new DeadFrame("clearline.frames.raw", 0, 7L, DeadReason.BROKEN, SCRIPT, bytes, -1, "", false, -1);
    }

    /** Starts a real gateway on first use. Without Kafka it plays back what it receives. */
    private synchronized MicrophoneGateway.Address gatewayAddress() throws IOException {
        if (gateway == null) {
            gateway = Gateway.start(new GatewaySettings("127.0.0.1:1").webSocket(0));
        }
        return new MicrophoneGateway.Address(URI.create("ws://127.0.0.1:" + gateway.webSocketPort() + "/audio"), "");
    }

    /** Returns the number of open calls of the gateway. */
    synchronized int gatewaySessions() {
        return gateway == null ? 0 : gateway.sessions().size();
    }

    /** Writes the tone that the microphone of the browser captures, in a loop. */
    private static Path tone() throws IOException {
        short[] samples = new short[RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (32_767 * 0.3 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
        }
        byte[] bytes = new byte[2 * samples.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(RATE_HZ, 16, 1, true, false);
        Path file = Files.createTempFile("clearline-tone", ".wav");
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples.length),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    /** Opens an empty page of the given size, and closes the previous one. */
    Page page(int width, int height, ColorScheme theme) {
        return browser.page(width, height, theme);
    }

    /** Opens an empty page of the size of a desktop browser. */
    Page page() {
        return page(1280, 800, ColorScheme.DARK);
    }

    /** Opens a view and waits until it has been rendered. */
    void open(Page page, View view) {
        PageBrowser.open(page, console.address(), view.hash);
        PageBrowser.until(page, view.ready);
    }

    /** Returns the script errors of the pages since the start of the test. */
    List<String> errors() {
        return browser.errors;
    }

    /** Closes the page of a test and resets the state that tests may change. */
    void reset() {
        browser.closePage();
        browser.errors.clear();
        console.status = ConsoleFixture.HERE;
    }

    @Override
    public void close() throws IOException {
        browser.close();
        traffic.shutdownNow();
        console.close();
        if (gateway != null) {
            gateway.close();
        }
        Files.deleteIfExists(tone);
    }
}
