package io.clearline.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a speed: a factor, or "max". */
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
            // The sentence below says what is wanted.
        }
        throw new TypeConversionException("expected a factor above 0, or max, found " + text);
    }
}
