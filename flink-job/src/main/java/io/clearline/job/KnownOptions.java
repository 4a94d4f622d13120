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
package io.clearline.job;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Refuses options that begin with {@code clearline.} and that the job does not have: most are misspelt, and would
 * silently leave the default in force. Nothing but this job uses the prefix, so the same holds for Flink's own
 * configuration. Stateless.
 */
final class KnownOptions {
    private static final String PREFIX = "clearline.";
    /** One edit more for so many characters makes a name resemble another. */
    private static final int CHARS_PER_EDIT = 4;

    private static final int MAX_SUGGESTIONS = 3;

    /** The names of all options of {@link JobOptions}, in order. */
    static final Set<String> NAMES = Arrays.stream(JobOptions.class.getFields())
            .filter(field -> field.getType() == ConfigOption.class)
            .map(KnownOptions::name)
            .collect(Collectors.toCollection(TreeSet::new));

    private KnownOptions() {}

    private static String name(Field field) {
        try {
            return ((ConfigOption<?>) field.get(null)).key();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Public fields can be read: " + field, e);
        }
    }

    /**
     * Checks the names of the options.
     *
     * @throws IllegalArgumentException if one is unknown; the message names each of them and the nearest known names
     */
    static void require(Configuration options) {
        List<String> unknown = options.keySet().stream()
                .filter(KnownOptions::isUnknown)
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected options of the job after \"" + PREFIX + "\", found the unknown "
                            + unknown.stream().map(KnownOptions::describe).collect(Collectors.joining(", "))
                            + ". Correct or remove what is unknown, on the command line or in Flink's configuration."
                            + " All options are in flink-job/OPTIONS.md.");
        }
    }

    private static boolean isUnknown(String name) {
        // Kafka's own clients judge the names that are passed on to them.
        return name.toLowerCase(Locale.ROOT).startsWith(PREFIX)
                && !name.startsWith(JobOptions.KAFKA_PREFIX)
                && !NAMES.contains(name);
    }

    private static String describe(String unknown) {
        List<String> nearest = nearest(unknown);
        return unknown + (nearest.isEmpty() ? "" : " (did you mean " + String.join(" or ", nearest) + "?)");
    }

    /** Returns the known names with the fewest edits, if these are few; the nearest first. */
    private static List<String> nearest(String unknown) {
        String lowerCase = unknown.toLowerCase(Locale.ROOT);
        int maxEdits = 1 + (unknown.length() - PREFIX.length()) / CHARS_PER_EDIT;
        return NAMES.stream()
                .filter(name -> edits(lowerCase, name) <= maxEdits)
                .sorted(Comparator.comparingInt(name -> edits(lowerCase, name)))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    /** Returns the least number of characters to insert, delete or replace (Levenshtein's distance). */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
