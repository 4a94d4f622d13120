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

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** The target of a request: a path and its query parameters, both decoded. Immutable. */
public record RequestTarget(String path, Map<String, List<String>> parameters) {
    /**
     * Returns the target of a request. If an escape is invalid, such as {@code %zz}, the path is returned as received,
     * without parameters.
     */
    public static RequestTarget of(HttpRequest request) {
        QueryStringDecoder decoder = new QueryStringDecoder(request.uri());
        try {
            return new RequestTarget(decoder.path(), decoder.parameters());
        } catch (IllegalArgumentException e) {
            return new RequestTarget(decoder.rawPath(), Map.of());
        }
    }

    /** Returns the first value of a parameter; empty if it is absent. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, List.of("")).get(0);
    }
}
