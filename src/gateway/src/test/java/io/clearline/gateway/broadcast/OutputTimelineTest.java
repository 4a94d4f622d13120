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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.gateway.broadcast.OutputTimeline.Place;
import io.clearline.schemas.EnhancedFrame;
import org.junit.jupiter.api.Test;

class OutputTimelineTest {
    private static final int SAMPLES = 1001;
    private static final long START = 1_700_000_000_000_000L;
    private final OutputTimeline timeline = new OutputTimeline(48_000, 9600);

    @Test
    void framesInSequenceFollowEachOtherWhateverTheRoundingOfTheirTimes() {
        for (long sequence = 0; sequence < 10_000; sequence++) {
            assertThat(play(frame("a", sequence))).isEqualTo(new Place(0, 0, false));
        }
    }

    @Test
    void lostFramesLeaveAGapOfTheirLength() {
        play(frame("a", 0));
        assertThat(play(frame("a", 4)).silence()).isBetween(3L * SAMPLES - 1, 3L * SAMPLES + 1);
    }

    @Test
    void aFrameWhosePlaceIsTakenIsDropped() {
        play(frame("a", 0));
        timeline.advance(SAMPLES + 500);
        assertThat(play(frame("a", 1))).isEqualTo(new Place(0, SAMPLES + 500, false));
    }

    @Test
    void aRepeatedFrameIsADuplicateInItsSessionAndAfterIt() {
        play(frame("a", 0));
        play(frame("a", 1));
        assertThat(timeline.isDuplicate(frame("a", 1))).isTrue();
        assertThat(timeline.isDuplicate(frame("b", 0))).isFalse();
        play(frame("b", 0));
        assertThat(timeline.isDuplicate(frame("a", 2))).isTrue();
        assertThat(timeline.isDuplicate(frame("b", 1))).isFalse();
    }

    @Test
    void aLaterSessionOnTheSameClockIsPlacedAtItsTime() {
        play(frame("a", 0));
        EnhancedFrame later = frame("b", 0);
        later.setCaptureTimeMicros(START + 2_000_000);
        assertThat(play(later)).isEqualTo(new Place(2 * 48_000 - SAMPLES, 0, false));
    }

    @Test
    void aSessionOfAnotherClockFollowsAfterTheBuffer() {
        play(frame("a", 0));
        EnhancedFrame old = frame("b", 0);
        old.setCaptureTimeMicros(START - 3_600_000_000L);
        assertThat(play(old)).isEqualTo(new Place(9600, 0, true));
    }

    private Place play(EnhancedFrame frame) {
        Place place = timeline.place(frame);
        timeline.advance(place.silence() + Math.max(0, SAMPLES - place.skip()));
        return place;
    }

    private static EnhancedFrame frame(String session, long sequence) {
        return Frames.enhanced(session, sequence, START, 1, SAMPLES);
    }
}
