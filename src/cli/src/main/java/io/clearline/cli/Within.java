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
package io.clearline.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of a numeric option, for every command of a {@link Program}. A number outside it makes the command line
 * invalid, before the command runs. A default that stands for "not given" may lie outside, since only given numbers are
 * checked.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface Within {
    /** The largest number of a TCP or UDP port. */
    double MAX_PORT = 65_535;

    /** The largest parallelism that Flink supports. */
    double MAX_PARALLELISM = 32_768;

    /** The smallest number that is allowed. */
    double min();

    /** The largest number that is allowed; none unless it is set. */
    double max() default Double.POSITIVE_INFINITY;
}
