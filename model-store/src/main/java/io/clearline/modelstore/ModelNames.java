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
package io.clearline.modelstore;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The rules for the names of models, versions and channels. A valid name is a single folder name on every file system,
 * so that no name can escape from the repository. Stateless.
 */
final class ModelNames {

    private static final Pattern SAFE = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private ModelNames() {}

    /** Orders numeric versions by value, before all other versions, which are ordered as text. */
    static final Comparator<String> OLDEST_VERSION_FIRST = Comparator.comparing(ModelNames::isText)
            .thenComparing(ModelNames::number)
            .thenComparing(Comparator.naturalOrder());

    /**
     * Returns the name if it is valid.
     *
     * @param what the kind of name for the message, such as "model", "version" or "channel"
     * @throws IllegalArgumentException when the name is invalid
     */
    static String require(String what, String name) {
        if (!SAFE.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a " + what
                    + " has 1 to 64 lower-case letters, digits, dots, dashes and underscores, with a letter or digit at"
                    + " either end; found \"" + name + "\"");
        }
        return name;
    }

    static boolean isSafe(String name) {
        return SAFE.matcher(name).matches();
    }

    /** Returns the value of a numeric version, and 0 for any other. */
    static long number(String version) {
        return isText(version) ? 0 : Long.parseLong(version);
    }

    private static boolean isText(String version) {
        return !NUMBER.matcher(version).matches();
    }
}
