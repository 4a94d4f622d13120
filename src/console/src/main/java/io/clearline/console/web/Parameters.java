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

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;

/** Parameters of requests. Stateless. */
final class Parameters {
    private Parameters() {}

    /** A whole number from 0 to {@code max}. */
    static int number(Context request, String name, int otherwise, int max) {
        return (int) number(request, name, (long) otherwise, max);
    }

    /** A whole number from -1 to {@code max}. */
    static long number(Context request, String name, long otherwise, long max) {
        String text = request.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Math.max(-1, Math.min(max, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            throw new BadRequestResponse("Expected a whole number for " + name + ", found \"" + text + "\".");
        }
    }

    /** A parameter that must be there. */
    static String required(Context request, String name) {
        String text = request.queryParam(name);
        if (text == null || text.isEmpty()) {
            throw new BadRequestResponse("Expected the parameter " + name + ", found none.");
        }
        return text;
    }
}
