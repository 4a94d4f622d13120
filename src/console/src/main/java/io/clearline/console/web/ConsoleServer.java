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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.console.feed.DroppedFiles;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import io.javalin.json.JavalinJackson;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server of the page, the API and the live figures. Thread-safe. */
public final class ConsoleServer implements AutoCloseable {
    private static final int MAX_THREADS = 48;
    /** 0 disables the timeout, which would end the server-sent events. */
    private static final long REQUEST_TIMEOUT_MILLIS = 0;

    /** Allow resources from this origin only, and neither framing nor forms. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=()",
            "Cache-Control",
            "no-store");

    private final Javalin http;
    private final LiveFigures live;
    private final String host;

    private ConsoleServer(Javalin http, LiveFigures live, String host) {
        this.http = http;
        this.live = live;
        this.host = host;
    }

    /**
     * Starts the server.
     *
     * @param host address to listen at
     * @param port port to listen at; 0 for any free one
     * @param guard authorises the requests to the API
     * @throws IOException when the port is in use
     */
    public static ConsoleServer start(String host, int port, Backend backend, Guard guard) throws IOException {
        ObjectMapper json = new ObjectMapper();
        LiveFigures live = new LiveFigures(backend, json);
        Javalin http = Javalin.create(config -> {
            configure(config, json);
            new StreamRoutes(backend).addTo(config.routes, guard);
            new OverviewRoutes(backend, guard).addTo(config.routes);
            new ModelRoutes(backend).addTo(config.routes, guard);
            new MicrophoneRoutes(backend.gateway()).addTo(config.routes);
            config.routes.sse("/api/live", live::add);
        });
        try {
            http.start(host, port);
        } catch (JavalinBindException e) {
            throw new IOException(
                    "Port " + port
                            + " for the console is in use, perhaps by another clearline. Stop what listens there,"
                            + " or take another port: --console PORT of clearline up, --port PORT of clearline console;"
                            + " 0 for any free one.",
                    e);
        }
        live.start();
        return new ConsoleServer(http, live, host);
    }

    private static void configure(JavalinConfig config, ObjectMapper json) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
        threads.setName("clearline-console-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.asyncTimeout = REQUEST_TIMEOUT_MILLIS;
        config.http.maxRequestSize = DroppedFiles.MAX_BYTES;
        config.jsonMapper(new JavalinJackson(json, false));
        config.staticFiles.add(files -> {
            files.directory = "/io/clearline/console/page";
            files.location = Location.CLASSPATH;
            files.headers = HEADERS;
        });
        config.routes.before(ConsoleServer::addHeaders);
        config.routes.exception(IOException.class, ConsoleServer::respondWithMessage);
        config.routes.exception(IllegalArgumentException.class, ConsoleServer::respondWithMessage);
    }

    private static void addHeaders(Context request) {
        HEADERS.forEach(request::header);
    }

    private static void respondWithMessage(Exception error, Context request) {
        request.status(400).json(Map.of("title", String.valueOf(error.getMessage())));
    }

    /** Returns the URL of the page. */
    public String address() {
        String name = host.contains(":") ? "[" + host + "]" : host.equals("0.0.0.0") ? "localhost" : host;
        return "http://" + name + ":" + http.port();
    }

    /** Returns the routes of the API, such as {@code GET /api/health}. The method of a WebSocket is {@code WS}. */
    Set<String> routes() {
        Stream<String> requests = http.unsafe.internalRouter.allHttpHandlers().stream()
                .map(each -> each.endpoint)
                .filter(each -> each.method.isHttpMethod())
                .map(each -> each.method.name() + " " + each.path);
        Stream<String> sockets =
                http.unsafe.internalRouter.allWsHandlers().stream().map(each -> "WS " + each.getPath());
        return Stream.concat(requests, sockets).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        live.close();
        http.stop();
    }
}
