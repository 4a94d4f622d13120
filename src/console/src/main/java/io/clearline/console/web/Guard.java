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
 * Authorises requests. Immutable.
 *
 * <ul>
 *   <li>With a token, requests must carry it as {@code Authorization: Bearer}.
 *   <li>With a proxy header, requests must carry that header. It is trusted, so the console must be reachable through
 *       the proxy only.
 *   <li>With neither, the host of the request must be a loopback name. This defeats DNS rebinding, by which a foreign
 *       page could read from the console under a name of its own that resolves to 127.0.0.1.
 * </ul>
 *
 * No cookies are used, so a foreign page cannot send authenticated requests through the browser of a user.
 */
public final class Guard {
    private static final String BEARER = "Bearer ";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte[] token;
    private final String proxyHeader;

    /**
     * Creates a guard.
     *
     * @param token the token; null for none
     * @param proxyHeader name of the header that an authenticating proxy sets; null for none
     */
    public Guard(String token, String proxyHeader) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.proxyHeader = proxyHeader;
    }

    /**
     * Requires that a request may read.
     *
     * @throws UnauthorizedResponse when neither the token nor the proxy header is present
     * @throws ForbiddenResponse when the request comes from a foreign origin, or names a host other than the loopback
     */
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

    /**
     * Requires that a request may change what the job does.
     *
     * @throws ForbiddenResponse also when the console does not authenticate its users
     */
    void requireOperator(Context request) {
        requireReader(request);
        if (!mayAnnounce()) {
            throw new ForbiddenResponse("Announcing needs a console with a token: set CLEARLINE_CONSOLE_TOKEN or"
                    + " --token-file and start it again.");
        }
    }

    /** Returns whether models can be announced, which requires a console that authenticates its users. */
    boolean mayAnnounce() {
        return token != null || proxyHeader != null;
    }

    private boolean hasToken(Context request) {
        String header = request.header("Authorization");
        return token != null
                && header != null
                && header.startsWith(BEARER)
                // In constant time, so that timing reveals nothing about the token.
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

    /** Returns whether an origin is of the given host. The origin of a sandboxed page, "null", never is. */
    private static boolean isOrigin(String origin, String host) {
        return host != null && host.equals(URI.create(origin).getAuthority());
    }
}
