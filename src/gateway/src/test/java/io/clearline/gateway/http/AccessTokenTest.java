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

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenTest {
    private static HttpRequest request(String uri) {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
    }

    @Test
    void theTokenIsAHeaderOrAPasswordOrInTheQuery() {
        AccessToken token = new AccessToken("secret");
        HttpRequest header = request("/audio");
        header.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer secret");
        assertThat(token.isShownBy(header)).isTrue();
        HttpRequest password = request("/asterisk");
        password.headers().set(HttpHeaderNames.AUTHORIZATION, "Basic YXN0ZXJpc2s6c2VjcmV0");
        assertThat(token.isShownBy(password)).isTrue();
        password.headers().set(HttpHeaderNames.AUTHORIZATION, "Basic YXN0ZXJpc2s6Z3Vlc3M=");
        assertThat(token.isShownBy(password)).isFalse();
        password.headers().set(HttpHeaderNames.AUTHORIZATION, "Basic no base64");
        assertThat(token.isShownBy(password)).isFalse();
        assertThat(token.isShownBy(request("/audio?token=secret"))).isTrue();
        assertThat(token.isShownBy(request("/audio?token=secre"))).isFalse();
        assertThat(token.isShownBy(request("/audio"))).isFalse();
    }

    @Test
    void aTargetWithInvalidEscapesKeepsItsPathAndPresentsNoToken() {
        HttpRequest request = request("/audio/%zz?token=secret&stream=%");
        assertThat(new AccessToken("secret").isShownBy(request)).isFalse();
        assertThat(RequestTarget.of(request).path()).isEqualTo("/audio/%zz");
        assertThat(RequestTarget.of(request("/sessions/call%201?x=1")).path()).isEqualTo("/sessions/call 1");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, , true",
        "127.0.0.1:8080, http://localhost:3000, true",
        "[::1]:8080, http://[::1], true",
        "localhost:8080, https://elsewhere.example, false",
        "localhost:8080, null, false",
        "rebound.example:8080, , false"
    })
    void withoutATokenNoPageOfAnotherSiteIsServed(String host, String origin, boolean served) {
        HttpRequest request = request("/audio");
        request.headers().set(HttpHeaderNames.HOST, host);
        if (origin != null) {
            request.headers().set(HttpHeaderNames.ORIGIN, origin);
        }
        assertThat(new AccessToken("").isShownBy(request)).isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example, , true",
        "localhost:8080, http://localhost:3000, true",
        "localhost:8080, https://elsewhere.example, false",
        "rebound.example:8080, https://rebound.example:8080, false"
    })
    void withoutATokenNoPageOfAnotherSiteMayPresentOneLater(String host, String origin, boolean served) {
        HttpRequest handshake = request("/twilio");
        handshake.headers().set(HttpHeaderNames.HOST, host);
        if (origin != null) {
            handshake.headers().set(HttpHeaderNames.ORIGIN, origin);
        }
        assertThat(new AccessToken("").mayBeShownAfter(handshake)).isEqualTo(served);
        assertThat(new AccessToken("secret").mayBeShownAfter(handshake)).isTrue();
    }
}
