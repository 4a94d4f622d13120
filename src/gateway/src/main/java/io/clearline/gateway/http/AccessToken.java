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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** The secret that clients of HTTP and WebSocket must show. Immutable. */
public final class AccessToken {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final byte[] secret;

    /** @param secret empty: nobody is asked */
    public AccessToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether anybody is asked. */
    public boolean isRequired() {
        return secret.length > 0;
    }

    /** Whether this is the secret; takes as long for every guess of a length. */
    public boolean matches(String shown) {
        return !isRequired() || MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether a WebSocket handshake may leave it to the first message. Where nobody is asked, a page from elsewhere may
     * not come; its browser says its origin in every handshake. Programs may, by any name of this host.
     */
    public boolean mayBeShownAfter(HttpRequest handshake) {
        return isRequired() || Origins.hasLocalOrigin(handshake);
    }

    /**
     * Whether a request shows it, as {@code Authorization: Bearer}, as the password of {@code Authorization: Basic}
     * (for any user; Asterisk has no other way) or, where no header can be set, as {@code ?token=}. Where nobody is
     * asked, pages from elsewhere are refused all the same.
     */
    public boolean isShownBy(HttpRequest request) {
        if (!isRequired()) {
            return Origins.isLocal(request);
        }
        String header = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (header != null && header.startsWith(BEARER)) {
            return matches(header.substring(BEARER.length()));
        }
        if (header != null && header.startsWith(BASIC)) {
            return matches(password(header.substring(BASIC.length())));
        }
        return matches(RequestTarget.of(request).parameter("token"));
    }

    private static String password(String credentials) {
        try {
            String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
