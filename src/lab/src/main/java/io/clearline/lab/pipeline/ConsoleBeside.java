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
package io.clearline.lab.pipeline;

import io.clearline.cli.Clearline;
import io.clearline.lab.cluster.Await;
import io.clearline.lab.cluster.FreePort;
import io.clearline.lab.cluster.JvmProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A console in a JVM of its own, and somebody who looks at it as the page does: the live figures, the list of streams
 * each second, the audio of one stream four times a second. One thread uses it.
 */
final class ConsoleBeside implements AutoCloseable {
    /** As the launcher starts it. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=io/clearline/lab/cluster/log4j2-child.xml");

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(10);
    private static final long AUDIO_MILLIS = 250;
    private static final Pattern ID = Pattern.compile("\\{\"id\":\"([\\w-]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService page = Executors.newScheduledThreadPool(3);
    private final AtomicLong bytes = new AtomicLong();
    private volatile String streamId = "";
    private final String address;
    private final MeterClient meter;
    private final JvmProcess process;

    /**
     * Starts it, and returns when the page is there.
     *
     * @param folder of its log
     */
    ConsoleBeside(Path folder, String bootstrapServers) throws IOException {
        int port = FreePort.find();
        int meterPort = FreePort.find();
        address = "http://127.0.0.1:" + port;
        meter = new MeterClient(meterPort);
        process = new JvmProcess(
                "console",
                folder,
                JvmProcess.ownClassPath(),
                JVM,
                List.of(
                        MeteredMain.class.getName(),
                        Integer.toString(meterPort),
                        Clearline.class.getName(),
                        "console",
                        "--port",
                        Integer.toString(port),
                        "--bootstrap-servers",
                        bootstrapServers));
        process.start();
        Await.until("the console, see " + process.log(), PATIENCE, () -> get("/api/health") != null);
    }

    /** Opens the page, on one stream that is open and the list of all. */
    void look() {
        page.execute(this::live);
        page.scheduleWithFixedDelay(this::list, 0, 1, TimeUnit.SECONDS);
        page.scheduleWithFixedDelay(this::audio, 1000, AUDIO_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void live() {
        try (InputStream seconds = http.send(
                        HttpRequest.newBuilder(URI.create(address + "/api/live"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofInputStream())
                .body()) {
            byte[] buffer = new byte[8192];
            for (int read = seconds.read(buffer); read >= 0; read = seconds.read(buffer)) {
                bytes.addAndGet(read);
            }
        } catch (IOException e) {
            // The console is closed.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void list() {
        byte[] list = get("/api/streams?limit=60&sort=age&order=asc&status=ENHANCED");
        Matcher first = ID.matcher(list == null ? "" : new String(list, StandardCharsets.UTF_8));
        streamId = first.find() ? first.group(1) : streamId;
        get("/api/stream?id=" + streamId);
    }

    private void audio() {
        get("/api/stream/audio?id=" + streamId);
    }

    /** An answer; null where none came. */
    private byte[] get(String path) {
        try {
            byte[] body = http.send(
                            HttpRequest.newBuilder(URI.create(address + path))
                                    .timeout(REQUEST_PATIENCE)
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
            bytes.addAndGet(body.length);
            return body;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** From now on its processor time counts. */
    void begin() throws IOException {
        bytes.set(0);
        meter.begin();
    }

    /** Cores that it kept busy since {@link #begin}. */
    double cores() throws IOException {
        ProcessUse use = meter.end();
        return (double) use.cpuNanos() / use.wallNanos();
    }

    /** Bytes to the page since {@link #begin}. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() throws IOException {
        page.shutdownNow();
        process.close();
    }
}
