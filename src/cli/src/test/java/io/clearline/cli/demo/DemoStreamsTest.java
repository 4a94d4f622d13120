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
package io.clearline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clearline.schemas.AudioEncoding;
import io.clearline.testkit.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoStreamsTest {
    private static final int COUNT = 12;
    private List<DemoStream> streams;

    @BeforeEach
    void mix() throws IOException {
        streams = mixAgain();
    }

    @Test
    void theSameCountGivesTheSameSamples() throws IOException {
        List<DemoStream> again = mixAgain();
        for (int i = 0; i < COUNT; i++) {
            assertThat(again.get(i).noisy().samples())
                    .isEqualTo(streams.get(i).noisy().samples());
            assertThat(again.get(i).id()).isEqualTo(streams.get(i).id());
        }
    }

    @Test
    void theSnrOfTheMixtureIsTheStatedOne() {
        for (DemoStream stream : streams) {
            assertThat(snrDb(stream)).as(stream.id()).isCloseTo(stream.snrDb(), within(0.2));
        }
    }

    @Test
    void bothRatesBothCodingsAndTwoLanguagesArePlayed() {
        assertThat(streams).extracting(stream -> stream.noisy().sampleRateHz()).contains(8_000, 16_000);
        assertThat(streams).extracting(DemoStream::encoding).contains(AudioEncoding.PCM_S16LE, AudioEncoding.PCMU);
        assertThat(streams).extracting(DemoStream::language).contains("ru", "ca");
        assertThat(streams).extracting(DemoStream::id).doesNotHaveDuplicates();
    }

    @Test
    void theSnrSpreadsFromMinusSixToNine() {
        assertThat(streams).extracting(DemoStream::snrDb).contains(-6.0, -3.0, 0.0, 3.0, 6.0, 9.0);
    }

    private static List<DemoStream> mixAgain() throws IOException {
        return new DemoStreams(Samples.home().resolve("deploy/local/sample")).mix(COUNT);
    }

    private static double snrDb(DemoStream stream) {
        double speech = 0;
        double noise = 0;
        float[] clean = stream.clean().samples();
        for (int i = 0; i < clean.length; i++) {
            double difference = stream.noisy().samples()[i] - clean[i];
            speech += (double) clean[i] * clean[i];
            noise += difference * difference;
        }
        return 10 * Math.log10(speech / noise);
    }
}
