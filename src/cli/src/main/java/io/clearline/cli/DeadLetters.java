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

/** Dead letters: records that the job could not process, of all streams or of one. Used by one thread. */
final class DeadLetters implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration REST_PATIENCE = Duration.ofSeconds(10);

    private final RecordReader records;
    private final byte[] key;
    private final WireCodec<DeadFrame> codec;

    /**
     * Looks for letters.
     *
     * @param records of the topic of dead letters
     * @param streamId whose records, by their key; null: all
     * @param registry whose framing is read, too; null: of none
     */
    DeadLetters(RecordReader records, String streamId, SchemaRegistry registry) {
        codec = WireCodec.deadFrame().reading(registry);
        this.records = records;
        key = streamId == null ? null : streamId.getBytes(StandardCharsets.UTF_8);
    }

    /** Those that came since this was last asked. */
    List<DeadFrame> poll() throws IOException {
        return poll(Duration.ZERO);
    }

    /** Those that are in the topic by now, as far as they can be read in a few seconds. */
    List<DeadFrame> rest() throws IOException {
        List<DeadFrame> letters = new ArrayList<>();
        long until = System.nanoTime() + REST_PATIENCE.toNanos();
        do {
            letters.addAll(poll(POLL));
        } while (!records.isAtEnd() && System.nanoTime() < until);
        return letters;
    }

    private List<DeadFrame> poll(Duration atMost) throws IOException {
        List<DeadFrame> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : records.poll(atMost)) {
            if (key == null || Arrays.equals(each.key(), key)) {
                try {
                    letters.add(codec.decode(each.value(), null));
                } catch (WireFormatException e) {
                    // Whatever else someone wrote there is no letter of the job.
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
