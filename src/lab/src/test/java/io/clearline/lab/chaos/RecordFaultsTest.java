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
package io.clearline.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.schemas.AudioFrame;
import io.clearline.schemas.WireCodec;
import io.clearline.schemas.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordFaultsTest {
    private static final int FRAMES = 400;

    private final WireCodec<AudioFrame> codec = WireCodec.audioFrame();

    @Test
    void aNetworkWithoutFaultsChangesNothing() throws Exception {
        assertThat(sequences(RecordFaults.Rates.NONE))
                .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());
    }

    @Test
    void duplicatedRecordsComeTwiceInARow() throws Exception {
        List<Long> sequences = sequences(new RecordFaults.Rates(1, 0, 0, 0, 0));

        assertThat(sequences).hasSize(2 * FRAMES - 1).startsWith(0L, 0L, 1L, 1L);
    }

    @Test
    void onlyTheLastRecordArrivesWhenAllAreDropped() throws Exception {
        assertThat(sequences(new RecordFaults.Rates(0, 1, 0, 0, 0))).containsExactly(FRAMES - 1L);
    }

    @Test
    void reorderedRecordsAreSwappedWithTheNext() throws Exception {
        List<Long> sequences = sequences(new RecordFaults.Rates(0, 0, 1, 0, 0));

        assertThat(sequences).hasSize(FRAMES).startsWith(1L, 0L, 3L, 2L).endsWith(FRAMES - 2L, FRAMES - 1L);
    }

    @Test
    void corruptedAndTruncatedRecordsNeverDecode() throws Exception {
        assertThat(sequences(new RecordFaults.Rates(0, 0, 0, 0.5, 0.5))).containsExactly(FRAMES - 1L);
    }

    @Test
    void theSameSeedGivesTheSameFaults() throws Exception {
        RecordFaults.Rates rates = RecordFaults.Rates.each(0.1);

        assertThat(sequences(rates)).isEqualTo(sequences(rates)).hasSizeLessThan(FRAMES);
    }

    /** Returns the sequence numbers of the frames that still decode. */
    private List<Long> sequences(RecordFaults.Rates rates) {
        NumberedStreams streams = new NumberedStreams(3);
        RecordFaults faults = new RecordFaults(rates, 5);
        List<Long> sequences = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            boolean last = i == FRAMES - 1;
            for (byte[] record : faults.apply("a", codec.encode(streams.frame("a", i, 0, last)), last)) {
                try {
                    sequences.add(codec.decode(record, null).getSequence());
                } catch (WireFormatException e) {
                    // A corrupted or truncated record.
                    continue;
                }
            }
        }
        return sequences;
    }
}
