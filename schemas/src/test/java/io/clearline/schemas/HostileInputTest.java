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
package io.clearline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.testkit.Allocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged and malicious input: the codec rejects it with a {@link WireFormatException}, quickly and with little memory.
 */
class HostileInputTest {

    private static final long SEED = 20261123;

    /**
     * Enough for the exception with its stack trace and for class loading, but far less than the lengths in the input.
     */
    private static final long SMALL_BYTES = 512 * 1024;

    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();

    @ParameterizedTest
    @ValueSource(
            longs = {1_000, 100_000_000, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aLengthThatTheInputCannotHoldAllocatesNothing(long claimedBytes) throws IOException {
        assertBrokenAndCheap(body(claimedBytes, 0, 0));
        assertBrokenAndCheap(body(1, claimedBytes, 0));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1_000,
                100_000_000,
                Integer.MAX_VALUE - 8,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                -1,
                -1_000_000,
                Long.MIN_VALUE
            })
    void aCountThatTheInputCannotHoldAllocatesNothing(long claimedCount) throws IOException {
        assertBrokenAndCheap(body(1, 0, claimedCount));
    }

    @Test
    void anEncodingThatDoesNotExistIsBroken() throws IOException {
        byte[] body = body(1, 0, 0);
        // The encoding follows an id of one letter, sequence 0, capture time 0 and rate 0, of one byte each.
        body[10 + 2 + 3] = 7 << 1;

        assertBrokenAndCheap(body);
    }

    @Test
    void randomDamageNeverGetsPastTheCodec() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] sound = codec.encode(Records.audioFrame());
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] damaged = damage(sound, random);
            refused += isRefused(damaged, round) ? 1 : 0;
        }
        assertThat(refused).isBetween(5_000, 49_999);
    }

    private boolean isRefused(byte[] damaged, int round) {
        try {
            AudioFrame frame = codec.decode(damaged, null);
            // A frame that still decodes must be safe to check, whatever its content.
            assertThat(FrameLimits.checkFrame(frame)).isNotNull();
            return false;
        } catch (WireFormatException e) {
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + SEED + ", round " + round + ": " + Arrays.toString(damaged), e);
        }
    }

    /** Truncates the bytes, flips up to four bits, and sometimes overwrites consecutive bytes. */
    private static byte[] damage(byte[] sound, SplittableRandom random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length;
        byte[] damaged = Arrays.copyOf(sound, length);
        if (length == 0) {
            return damaged;
        }
        for (int flips = random.nextInt(5); flips > 0; flips--) {
            damaged[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
        if (random.nextInt(3) == 0) {
            int from = random.nextInt(length);
            for (int i = from; i < Math.min(length, from + 10); i++) {
                damaged[i] = (byte) random.nextInt(256);
            }
        }
        return damaged;
    }

    private void assertBrokenAndCheap(byte[] bytes) {
        assertThat(reasonFor(bytes)).isEqualTo(DeadReason.BROKEN);
        assertThat(Allocation.bytesAllocatedBy(1, () -> reasonFor(bytes))).isLessThan(SMALL_BYTES);
    }

    private DeadReason reasonFor(byte[] bytes) {
        try {
            throw new AssertionError("these bytes decode: " + codec.decode(bytes, null));
        } catch (WireFormatException e) {
            return e.reason();
        }
    }

    /** Returns a frame whose short stream id, empty payload and empty attributes state the given lengths. */
    private byte[] body(long streamIdBytes, long payloadBytes, long attributeCount) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(codec.encode(Records.audioFrame()), 0, 10);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeLong(streamIdBytes);
        encoder.writeFixed(new byte[] {'s'});
        encoder.writeLong(0);
        encoder.writeLong(0);
        encoder.writeInt(0);
        encoder.writeEnum(0);
        encoder.writeInt(1);
        encoder.writeLong(payloadBytes);
        encoder.writeBoolean(true);
        encoder.writeLong(attributeCount);
        encoder.flush();
        return bytes.toByteArray();
    }
}
