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

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a speed: a factor above 0, or "max" for as fast as possible, which is infinite. */
final class SpeedConverter implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
        if (text.equalsIgnoreCase("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double speed = Double.parseDouble(text);
            if (speed > 0) {
                return speed;
            }
        } catch (NumberFormatException e) {
            // Reported below, as is a number that is not above 0.
        }
        throw new TypeConversionException("expected a factor above 0, or max, found " + text);
    }
}
