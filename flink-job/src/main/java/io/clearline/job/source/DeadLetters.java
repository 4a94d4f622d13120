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
package io.clearline.job.source;

import io.clearline.dsp.Sha256;
import io.clearline.job.record.BoundedText;
import io.clearline.job.record.OutputRecord;
import io.clearline.job.record.RawRecord;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.DeadReason;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.WireCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Encodes dead letters so that each fits into a Kafka record, whatever the input. Brokers accept larger records than a
 * producer sends by default, and a compressed record may be a thousand times as large as on the wire. A dead letter
 * that could not be written would fail the job, which would then read the same record again, forever.
 *
 * <p>A letter contains the position, the reason, the size and the SHA-256 of the record, and as many bytes of its value
 * as fit. Thread-confined.
 */
final class DeadLetters {
    /** Longest key of a dead letter, as long as a stream id may be. Longer keys are truncated. */
    static final int MAX_KEY_BYTES = FrameLimits.MAX_STREAM_ID_BYTES;

    /**
     * Space that a letter needs in addition to the bytes of the value: detail (up to 3 bytes per character), topic,
     * key, digest, numbers, and Kafka's overhead for a record and its batch.
     */
    static final int OVERHEAD_BYTES = 4096;

    private static final byte[] NO_BYTES = {};

    private final String topic;
    private final int maxValueBytes;
    private final WireCodec<DeadFrame> codec = WireCodec.deadFrame();
    private final MessageDigest sha256 = Sha256.digest();

    /**
     * Creates an encoder of dead letters for a topic.
     *
     * @param maxRecordBytes size limit of a letter including Kafka's overhead; more than {@link #OVERHEAD_BYTES}
     * @throws IllegalArgumentException if the limit is too small
     */
    DeadLetters(String topic, int maxRecordBytes) {
        if (maxRecordBytes <= OVERHEAD_BYTES) {
            throw new IllegalArgumentException("Expected more than " + OVERHEAD_BYTES
                    + " bytes for a dead letter, found a limit of " + maxRecordBytes + ".");
        }
        this.topic = topic;
        this.maxValueBytes = maxRecordBytes - OVERHEAD_BYTES;
    }

    /**
     * Returns the dead letter of a record.
     *
     * @param detail explanation for people, which is truncated if it is too long
     */
    OutputRecord of(RawRecord rawRecord, DeadReason reason, String detail) {
        byte[] value = rawRecord.value == null ? NO_BYTES : rawRecord.value;
        boolean truncated = value.length > maxValueBytes;
        DeadFrame letter = new DeadFrame(
                rawRecord.topic,
                rawRecord.partition,
                rawRecord.offset,
                reason,
                BoundedText.of(detail),
                ByteBuffer.wrap(value, 0, truncated ? maxValueBytes : value.length),
                value.length,
                HexFormat.of().formatHex(sha256.digest(value)),
                truncated,
                rawRecord.key == null ? -1 : rawRecord.key.length);
        return new OutputRecord(topic, key(rawRecord.key), codec.encode(letter));
    }

    private static byte[] key(byte[] key) {
        return key == null || key.length <= MAX_KEY_BYTES ? key : Arrays.copyOf(key, MAX_KEY_BYTES);
    }
}
