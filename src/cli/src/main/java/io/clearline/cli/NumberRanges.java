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

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Checks the numbers of a command line against their {@link Within}. Stateless. */
final class NumberRanges {
    private NumberRanges() {}

    /**
     * Checks every number that was given, of the command and of the commands above it.
     *
     * @throws ParameterException if a number is outside its range; the message names option, range and number
     */
    static void require(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            for (ArgSpec argument : command.getParseResult().matchedArgs()) {
                Within range = rangeOf(argument);
                if (range != null && argument.getValue() instanceof Number number) {
                    require(command, argument, range, number);
                }
            }
        }
    }

    /** Returns the range of an option or parameter; null if it has none. */
    static Within rangeOf(ArgSpec argument) {
        return argument.userObject() instanceof AnnotatedElement annotated
                ? annotated.getAnnotation(Within.class)
                : null;
    }

    private static void require(CommandLine command, ArgSpec argument, Within range, Number number) {
        double value = number.doubleValue();
        // Written so that NaN is refused too.
        if (!(value >= range.min() && value <= range.max())) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            String allowed = range.max() == Double.POSITIVE_INFINITY
                    ? " of at least " + text(range.min())
                    : " within " + text(range.min()) + ".." + text(range.max());
            throw new ParameterException(
                    command, "Expected " + name + allowed + ", found " + number + ".", argument, number.toString());
        }
    }

    private static String text(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
