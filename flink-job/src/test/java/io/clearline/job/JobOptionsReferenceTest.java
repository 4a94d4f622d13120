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

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

class JobOptionsReferenceTest {
    private static final CommittedText REFERENCE =
            CommittedText.at("flink-job/OPTIONS.md", "flink-job", JobOptionsReferenceTest.class);

    /** An option with the type of its value as shown in the reference. */
    private record Option(ConfigOption<?> option, String type) {
        String row() {
            return "| `" + option.key() + "` | " + type + " | " + defaultValue() + " | " + description() + " |";
        }

        String defaultValue() {
            Object value = option.defaultValue();
            if (value == null) {
                return "";
            }
            if (value instanceof List<?> list) {
                return "`" + list.stream().map(Object::toString).collect(Collectors.joining(";")) + "`";
            }
            return "`" + (value instanceof Duration duration ? TimeUtils.formatWithHighestUnit(duration) : value) + "`";
        }

        String description() {
            return new HtmlFormatter().format(option.description());
        }
    }

    @Test
    void theReferenceNamesEveryOptionWithTypeDefaultAndMeaning() throws IOException {
        String table = options().stream().map(Option::row).collect(Collectors.joining("\n"));
        REFERENCE.mustBe("""
                # Options of the job

                Made from `JobOptions`. Give an option as `--name value` on the command line of the job, as
                `--option name=value` to `clearline job`, or as `name: value` in Flink's configuration.

                A name that begins with `clearline.` and is not in this table is refused when the job starts, with the
                nearest known names, wherever it is set: nothing but this job uses the prefix, and a misspelt option
                would silently leave the default in force. So a configuration that several releases of the job share
                may only contain what the oldest of them knows. Names that begin with `clearline.kafka.` are free:
                what follows is passed on to the Kafka clients.

                | option | type | default | meaning |
                |---|---|---|---|
                %s
                """.formatted(table));
    }

    @Test
    void everyOptionSaysWhatItDoes() {
        assertThat(options()).isNotEmpty().allSatisfy(option -> {
            assertThat(option.option().key()).startsWith("clearline.");
            assertThat(KnownOptions.NAMES).contains(option.option().key());
            assertThat(option.description()).as(option.option().key()).endsWith(".");
        });
    }

    private static List<Option> options() {
        return Arrays.stream(JobOptions.class.getFields())
                .filter(field -> field.getType() == ConfigOption.class)
                .map(JobOptionsReferenceTest::option)
                .sorted(Comparator.comparing(option -> option.option().key()))
                .toList();
    }

    private static Option option(Field field) {
        try {
            Type value = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
            return new Option((ConfigOption<?>) field.get(null), typeName(value));
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " is public", e);
        }
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType list) {
            return "list of " + typeName(list.getActualTypeArguments()[0]) + ", separated by `;`";
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(each -> "`" + each + "`")
                    .collect(Collectors.joining(", "));
        }
        return plain.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
