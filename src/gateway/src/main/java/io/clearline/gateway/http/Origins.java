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
 * Tells requests of local programs and pages from those that a page from elsewhere sends through the browser of someone
 * on this machine. Programs send no origin; a name that is made to point here is seen in the host. Stateless.
 */
final class Origins {
    private static final String LITERAL = "localhost|[0-9.]+|\\[[0-9a-fA-F:.]+]";

    private Origins() {}

    /** Whether no page from elsewhere can have sent it. */
    static boolean isLocal(HttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "localhost").replaceFirst(":\\d+$", "");
        return host.matches(LITERAL) && hasLocalOrigin(request);
    }

    /** Whether a program or a page of this machine sent it, by whatever name of ours; enough where pages must say. */
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
