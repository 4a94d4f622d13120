package io.clearline.dsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.Limits;
import java.util.Arrays;

/** Payloads of G.711: any bytes are samples within full scale, which code to bytes that mean the same samples. */
class G711FuzzTest {
    @FuzzTest
    void anyBytesAreSamples(byte[] bytes) {
        float[] samples = new float[bytes.length];
        float[] again = new float[bytes.length];
        byte[] coded = new byte[bytes.length];

        G711.decodeMuLaw(bytes, 0, samples, 0, bytes.length);
        G711.encodeMuLaw(samples, 0, coded, 0, bytes.length);
        G711.decodeMuLaw(coded, 0, again, 0, bytes.length);
        assertSame(samples, again);

        G711.decodeALaw(bytes, 0, samples, 0, bytes.length);
        G711.encodeALaw(samples, 0, coded, 0, bytes.length);
        G711.decodeALaw(coded, 0, again, 0, bytes.length);
        assertSame(samples, again);
    }

    private static void assertSame(float[] samples, float[] again) {
        Limits.assertWithinFullScale(samples);
        if (!Arrays.equals(samples, again)) {
            throw new AssertionError("coded and decoded again, the samples differ");
        }
    }
}
