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

/** Where a request wants to go: a path and the parameters behind it, decoded. Immutable. */
public record RequestTarget(String path, Map<String, List<String>> parameters) {
    /** Of a request; where an escape is none, such as {@code %zz}, the path stands as it came, without parameters. */
    public static RequestTarget of(HttpRequest request) {
        QueryStringDecoder decoder = new QueryStringDecoder(request.uri());
        try {
            return new RequestTarget(decoder.path(), decoder.parameters());
        } catch (IllegalArgumentException e) {
            return new RequestTarget(decoder.rawPath(), Map.of());
        }
    }

    /** The first value of a parameter; empty: there is none. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, List.of("")).get(0);
    }
}
