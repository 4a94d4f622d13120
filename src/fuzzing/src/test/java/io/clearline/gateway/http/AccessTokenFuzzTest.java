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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.FuzzText;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** Requests and handshakes: any target, host, origin and authorization show the token or do not. */
class AccessTokenFuzzTest {
    private static final AccessToken NOBODY_IS_ASKED = new AccessToken("");
    private static final AccessToken TOKEN = new AccessToken("open-sesame");
    private static final List<CharSequence> HEADERS =
            List.of(HttpHeaderNames.HOST, HttpHeaderNames.ORIGIN, HttpHeaderNames.AUTHORIZATION);

    @FuzzTest
    void anyRequestShowsTheTokenOrDoesNot(byte[] bytes) {
        String[] lines = FuzzText.of(bytes).split("\n", 1 + HEADERS.size());
        HttpRequest request = request(lines);
        if (request == null) {
            return;
        }
        assertThat(RequestTarget.of(request).path()).isNotNull();
        NOBODY_IS_ASKED.isShownBy(request);
        NOBODY_IS_ASKED.mayBeShownAfter(request);
        if (TOKEN.isShownBy(request) && lines.length < 1 + HEADERS.size()) {
            assertThat(RequestTarget.of(request).parameter("token")).isEqualTo("open-sesame");
        }
    }

    /** Null when the HTTP library makes no request of it. */
    private static HttpRequest request(String[] lines) {
        try {
            HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory()
                    .withValidation(false)
                    .newHeaders();
            for (int i = 1; i < lines.length; i++) {
                headers.set(HEADERS.get(i - 1), lines[i]);
            }
            return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, lines[0], headers);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
