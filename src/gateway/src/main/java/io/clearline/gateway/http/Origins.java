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
package io.clearline.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;

/**
 * Distinguishes requests of programs and local pages from those that a page of another site sends through the browser
 * of a user on this machine. Programs send no {@code Origin}. A foreign host name that resolves to this machine (DNS
 * rebinding) shows in {@code Host}. Stateless.
 */
final class Origins {
    /** Hosts that no other site can point at this machine: {@code localhost} and literal addresses. */
    private static final String LITERAL = "localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]";

    private Origins() {}

    /** Returns whether no page of another site can have sent the request. */
    static boolean isLocal(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "localhost").replaceFirst(":\\d+$", "");
        return host.matches(LITERAL) && hasLocalOrigin(request);
    }

    /**
     * Returns whether a program or a local page sent the request, whatever the name of this host that it used.
     * Sufficient only where browsers always send the origin, as in WebSocket handshakes.
     */
    static boolean hasLocalOrigin(HttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        return origin == null || hostOf(origin).matches(LITERAL);
    }

    private static String hostOf(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
