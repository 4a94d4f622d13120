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

/**
 * The secret that clients of HTTP and WebSocket must present. Without a token, only programs and local pages are
 * served: otherwise any web page that a user opens could reach a gateway on that user's machine. Immutable.
 */
public final class AccessToken {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final byte[] secret;

    /**
     * Makes a token.
     *
     * @param secret empty requires no token
     */
    public AccessToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether clients must present a token. */
    public boolean isRequired() {
        return secret.length > 0;
    }

    /**
     * Returns whether the text is the secret, or none is required. Takes the same time for every guess of the same
     * length.
     */
    public boolean matches(String shown) {
        return !isRequired() || MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns whether a WebSocket handshake may proceed without the token, to be authorised by the first message.
     *
     * <p>If no token is required, the handshake is refused when it comes from a page of another site; browsers send the
     * origin of the page with every handshake. Programs send none, and may use any name of this host.
     */
    public boolean mayBeShownAfter(HttpRequest handshake) {
        return isRequired() || Origins.hasLocalOrigin(handshake);
    }

    /**
     * Returns whether a request is authorised: it presents the token as {@code Authorization: Bearer}, as the password
     * of {@code Authorization: Basic} for any user (the only way that Asterisk supports), or as {@code ?token=} where a
     * client cannot set headers. If no token is required, requests of pages of other sites are refused all the same.
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
