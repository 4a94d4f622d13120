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
package io.clearline.docs;

import io.clearline.job.JobOptions;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;

/** Lists the names of the job's options. */
final class OptionNames {
    private OptionNames() {}

    static Set<String> all() {
        return Arrays.stream(JobOptions.class.getFields())
                .filter(field -> field.getType() == ConfigOption.class)
                .map(OptionNames::key)
                .collect(Collectors.toSet());
    }

    private static String key(Field field) {
        try {
            return ((ConfigOption<?>) field.get(null)).key();
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " is public", e);
        }
    }
}
