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

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Lets requests in. With a token: those that bring it as {@code Authorization: Bearer}. With a proxy header: those that
 * have it, from whatever proxy stands in front. With neither: those that name this machine's loopback, so that no page
 * from elsewhere can read along under a name of its own that resolves to 127.0.0.1. No cookie: another page can't make
 * the browser ask in somebody's name. Immutable.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte[] token;
    private final String proxyHeader;

    /**
     * Either may be null.
     *
     * @param proxyHeader name of the header
     */
    public Guard(String token, String proxyHeader) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.proxyHeader = proxyHeader;
    }

    /** Throws unless a request may see what the console shows. */
    void requireReader(Context request) {
        if (token == null && proxyHeader == null) {
            requireLoopbackName(request);
        } else if (!hasToken(request) && !hasProxyHeader(request)) {
            throw new UnauthorizedResponse("This console asks for a token: Authorization: Bearer TOKEN.");
        }
        if (request.method() != HandlerType.GET) {
            requireSameOrigin(request);
        }
    }

    /** Throws unless a request may change what the job does. */
    void requireOperator(Context request) {
        requireReader(request);
        if (!mayAnnounce()) {
            throw new ForbiddenResponse("Announcing needs a console with a token: set CLEARLINE_CONSOLE_TOKEN or"
                    + " --token-file and start it again.");
        }
    }

    /** Whether the console was started in a way that lets models be announced. */
    boolean mayAnnounce() {
        return token != null || proxyHeader != null;
    }

    private boolean hasToken(Context request) {
        String header = request.header("Authorization");
        return token != null
                && header != null
                && header.startsWith(BEARER)
                // In constant time.
                && MessageDigest.isEqual(
                        token, header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasProxyHeader(Context request) {
        String value = proxyHeader == null ? null : request.header(proxyHeader);
        return value != null && !value.isBlank();
    }

    private static void requireLoopbackName(Context request) {
        String host = request.host();
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        if (!LOOPBACK.contains(name)) {
            throw new ForbiddenResponse("Without a token this console answers as localhost only, not as " + name + ".");
        }
    }

    private static void requireSameOrigin(Context request) {
        String origin = request.header("Origin");
        if (origin != null && !isOrigin(origin, request.host())) {
            throw new ForbiddenResponse("Requests from another page's origin are refused.");
        }
    }

    /** Whether a page's origin is a host; that of a sandboxed page, "null", is none. */
    private static boolean isOrigin(String origin, String host) {
        return host != null && host.equals(URI.create(origin).getAuthority());
    }
}
