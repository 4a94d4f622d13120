package io.clearline.unfolding.kernel;

import static io.clearline.unfolding.kernel.VectorTiles.COLUMNS;
import static io.clearline.unfolding.kernel.VectorTiles.SPECIES;

import io.clearline.dsp.HotPath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The elementwise steps between the two products of a layer, on one vector of columns. */
final class VectorSteps {

    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Power.ROUNDER);

    private VectorSteps() {}

    /** {@code model = x / max(model, floor)}. */
    @HotPath
    static void divide(float[] x, int xAt, float[] model, int at, int rows) {
        for (int i = 0; i < rows; i++) {
            FloatVector value =
                    FloatVector.fromArray(SPECIES, model, at + i * COLUMNS).max(NetworkPlan.FLOOR);
            FloatVector.fromArray(SPECIES, x, xAt + i * COLUMNS).div(value).intoArray(model, at + i * COLUMNS);
        }
    }

    /** {@code power = max(model, floor)^exponent; model = x * (power / max(model, floor))}. */
    @HotPath
    static void power(float[] x, int xAt, float[] model, float[] power, int at, int rows, float exponent) {
        if (exponent == -1) {
            reciprocals(model, power, at, rows);
        } else {
            powers(model, power, at, rows, exponent);
        }
        for (int i = 0; i < rows; i++) {
            int row = at + i * COLUMNS;
            FloatVector value = FloatVector.fromArray(SPECIES, model, row).max(NetworkPlan.FLOOR);
            FloatVector ratio = FloatVector.fromArray(SPECIES, power, row).div(value);
            FloatVector.fromArray(SPECIES, x, xAt + i * COLUMNS).mul(ratio).intoArray(model, row);
        }
    }

    @HotPath
    private static void reciprocals(float[] model, float[] power, int at, int rows) {
        FloatVector one = FloatVector.broadcast(SPECIES, 1);
        for (int i = 0; i < rows; i++) {
            FloatVector value =
                    FloatVector.fromArray(SPECIES, model, at + i * COLUMNS).max(NetworkPlan.FLOOR);
            one.div(value).intoArray(power, at + i * COLUMNS);
        }
    }

    /** The steps of {@link Power#of}, with whole numbers taken to and from floats through the rounder's bits. */
    @HotPath
    private static void powers(float[] model, float[] power, int at, int rows, float exponent) {
        for (int i = 0; i < rows; i++) {
            int row = at + i * COLUMNS;
            FloatVector x = FloatVector.fromArray(SPECIES, model, row).max(NetworkPlan.FLOOR);
            IntVector bits = x.reinterpretAsInts();
            IntVector exponentBits = bits.sub(Power.MANTISSA_START_BITS).and(Power.EXPONENT_MASK);
            FloatVector mantissa = bits.sub(exponentBits).reinterpretAsFloats();
            FloatVector s = mantissa.sub(1).div(mantissa.add(1));
            FloatVector s2 = s.mul(s);
            FloatVector series =
                    FloatVector.broadcast(SPECIES, Power.LOG_9).fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_7));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_5));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_3));
            series = series.fma(s2, FloatVector.broadcast(SPECIES, Power.LOG_1));
            FloatVector whole = exponentBits
                    .lanewise(VectorOperators.ASHR, Power.MANTISSA_BITS)
                    .add(ROUNDER_BITS)
                    .reinterpretAsFloats()
                    .sub(Power.ROUNDER);
            FloatVector n = whole.mul(exponent).add(Power.ROUNDER).sub(Power.ROUNDER);
            FloatVector t = whole.fma(FloatVector.broadcast(SPECIES, exponent), n.neg());
            t = series.mul(s).fma(FloatVector.broadcast(SPECIES, exponent), t);
            FloatVector extra = t.add(Power.ROUNDER).sub(Power.ROUNDER);
            FloatVector f = t.sub(extra);
            FloatVector sum =
                    FloatVector.broadcast(SPECIES, Power.EXP_7).fma(f, FloatVector.broadcast(SPECIES, Power.EXP_6));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_5));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_4));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_3));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_2));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, Power.EXP_1));
            sum = sum.fma(f, FloatVector.broadcast(SPECIES, 1));
            FloatVector held = n.add(extra).max(Power.LEAST_EXPONENT).min(Power.GREATEST_EXPONENT);
            FloatVector scale = held.add(Power.ROUNDER)
                    .reinterpretAsInts()
                    .sub(ROUNDER_BITS)
                    .add(127)
                    .lanewise(VectorOperators.LSHL, Power.MANTISSA_BITS)
                    .reinterpretAsFloats();
            sum.mul(scale).intoArray(power, row);
        }
    }
}
