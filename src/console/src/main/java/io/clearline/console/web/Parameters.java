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

/** Reads the query parameters of requests. Stateless. */
final class Parameters {
    private Parameters() {}

    /** Returns an integer as {@link #number(Context, String, long, long)}. */
    static int number(Context request, String name, int defaultValue, int max) {
        return (int) number(request, name, (long) defaultValue, max);
    }

    /**
     * Returns an integer, clamped to -1 and {@code max}.
     *
     * @param defaultValue result when the parameter is absent
     * @throws BadRequestResponse when the parameter is not an integer
     */
    static long number(Context request, String name, long defaultValue, long max) {
        String text = request.queryParam(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            return Math.max(-1, Math.min(max, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            throw new BadRequestResponse("Expected a whole number for " + name + ", found \"" + text + "\".");
        }
    }

    /**
     * Returns a required parameter.
     *
     * @throws BadRequestResponse when it is absent or empty
     */
    static String required(Context request, String name) {
        String text = request.queryParam(name);
        if (text == null || text.isEmpty()) {
            throw new BadRequestResponse("Expected the parameter " + name + ", found none.");
        }
        return text;
    }
}
