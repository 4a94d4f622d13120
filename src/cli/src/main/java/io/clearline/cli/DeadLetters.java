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

import io.clearline.kafka.RecordReader;
import io.clearline.schemas.DeadFrame;
import io.clearline.schemas.SchemaRegistry;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads dead letters, the records that the job could not process, of all streams or of one. Thread-confined. */
final class DeadLetters implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REST_TIMEOUT = Duration.ofSeconds(10);

    private final RecordReader records;
    private final byte[] key;
    private final WireCodec<DeadFrame> codec;

    /**
     * Creates a reader of dead letters.
     *
     * @param records the records of the topic of dead letters; closed with this reader
     * @param streamId the stream whose dead letters are wanted, by the record's key; null for all
     * @param registry the schema registry whose framing is read too; null for single-object encoding only
     */
    DeadLetters(RecordReader records, String streamId, SchemaRegistry registry) {
        codec = WireCodec.deadFrame().withRegistry(registry);
        this.records = records;
        key = streamId == null ? null : streamId.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the dead letters that have come since the last call, without waiting. */
    List<DeadFrame> poll() throws IOException {
        return poll(Duration.ZERO);
    }

    /** Returns the remaining dead letters of the topic, as far as they can be read within ten seconds. */
    List<DeadFrame> rest() throws IOException {
        List<DeadFrame> letters = new ArrayList<>();
        long deadline = System.nanoTime() + REST_TIMEOUT.toNanos();
        do {
            letters.addAll(poll(POLL));
        } while (!records.isAtEnd() && System.nanoTime() < deadline);
        return letters;
    }

    private List<DeadFrame> poll(Duration atMost) throws IOException {
        List<DeadFrame> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : records.poll(atMost)) {
            if (key == null || Arrays.equals(each.key(), key)) {
                try {
                    letters.add(codec.decode(each.value(), null));
                } catch (WireFormatException e) {
                    // The job did not write this record, so it is no dead letter.
                    continue;
                }
            }
        }
        return letters;
    }

    @Override
    public void close() {
        records.close();
    }
}
