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
package io.clearline.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.gateway.media.PlayoutRun.Frame;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Timing disturbances of senders, networks and the job: a frame that can be enhanced within the maximum delay is played
 * enhanced, and no frame exceeds that delay. Uses virtual time and frames of 20 ms.
 */
class PlayoutTest {
    private static final int FRAME_MILLIS = 20;
    private static final int FRAMES_PER_SECOND = 50;
    private static final int MAX_DELAY_MILLIS = 200;
    /** Frames are played in ticks, so a frame may be late by one. */
    private static final int MAX_DELAY_AND_TICK_MILLIS = MAX_DELAY_MILLIS + MediaLoop.TICK_MILLIS;

    private final SplittableRandom random = new SplittableRandom(14);

    private int jobMillis() {
        return 25 + random.nextInt(20);
    }

    @Test
    void aSenderOfBurstsIsPlayedEnhanced() {
        // The pattern of ffmpeg -re with a WAV file at 8 kHz: 13 packets at once, every 260 ms.
        PlayoutRun run = PlayoutRun.of(60 * FRAMES_PER_SECOND, i -> new Frame(i / 13 * 13 * FRAME_MILLIS, jobMillis()));
        assertThat(run.dryShare()).isLessThan(0.01);
        assertThat(run.maxDelayMillis()).isLessThanOrEqualTo(MAX_DELAY_AND_TICK_MILLIS);
        // The first frame of a burst waits only for the job, since it was sent late already.
        assertThat(run.minDelayMillis()).isLessThan(80);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBurstAtTheStartIsForgotten(boolean staysAhead) {
        // Half a second at once. Then the sender stays half a second ahead, or pauses until real time has caught up.
        int burst = FRAMES_PER_SECOND / 2;
        PlayoutRun run = PlayoutRun.of(60 * FRAMES_PER_SECOND, i -> {
            int inTime = staysAhead ? i - burst : i;
            return new Frame(i < burst ? 0 : inTime * FRAME_MILLIS, jobMillis());
        });
        assertThat(run.dryShare()).isLessThan(0.01);
        assertThat(run.maxDelayMillis()).isLessThanOrEqualTo(MAX_DELAY_AND_TICK_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, -50, 0, 50, 300})
    void driftOfTheSendersClockLeavesNoFrameDry(int driftPpm) {
        int frames = 600 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(
                frames,
                i -> new Frame(
                        i * FRAME_MILLIS + i * FRAME_MILLIS * (driftPpm / 1e6) + random.nextInt(10), jobMillis()));
        assertThat(run.dryShare()).isLessThan(0.01);
        assertThat(run.medianDelayMillis(frames / 2, frames)).isLessThan(70);
    }

    @Test
    void jitterThatSettlesLeavesNoDelayBehind() {
        int frames = 60 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(frames, i -> {
            int jitter = i < 20 * FRAMES_PER_SECOND ? 80 : 5;
            return new Frame(i * FRAME_MILLIS + random.nextInt(jitter), jobMillis());
        });
        assertThat(run.dryShare()).isLessThan(0.01);
        assertThat(run.medianDelayMillis(frames / 2, frames)).isLessThan(80);
    }

    @ParameterizedTest
    @ValueSource(ints = {-150, 150})
    void aStepInTheNetworksDelayCostsAFewFrames(int stepMillis) {
        int frames = 60 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(
                frames,
                i -> new Frame(i * FRAME_MILLIS + (i > 20 * FRAMES_PER_SECOND ? 200 + stepMillis : 200), jobMillis()));
        assertThat(run.dryFrames()).isLessThan(15);
        assertThat(run.maxDelayMillis()).isLessThanOrEqualTo(MAX_DELAY_AND_TICK_MILLIS);
        assertThat(run.medianDelayMillis(frames * 3 / 4, frames)).isLessThan(70);
    }

    @Test
    void aSlowStartOfTheJobIsForgotten() {
        int frames = 60 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(frames, i -> new Frame(i * FRAME_MILLIS, Math.max(jobMillis(), 1500 - 15 * i)));
        // Frames 0 to 86 cannot be enhanced in time.
        assertThat(run.dryFrames()).isBetween(85, 95);
        assertThat(run.medianDelayMillis(30 * FRAMES_PER_SECOND, frames)).isLessThan(70);
    }

    @Test
    void anOutageCostsNoFrameAfterItsEnd() {
        int from = 20 * FRAMES_PER_SECOND;
        int to = 50 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(
                80 * FRAMES_PER_SECOND,
                i -> new Frame(i * FRAME_MILLIS, i < from || i >= to ? jobMillis() : PlayoutRun.NEVER));
        assertThat(run.dryFrames()).isBetween(to - from, to - from + 5);
        assertThat(run.maxDelayMillis()).isLessThanOrEqualTo(MAX_DELAY_AND_TICK_MILLIS);
    }

    @Test
    void noFrameIsEverDelayedBeyondTheLimit() {
        int frames = 60 * FRAMES_PER_SECOND;
        PlayoutRun run = PlayoutRun.of(
                frames, i -> new Frame(i * FRAME_MILLIS + random.nextInt(150), random.nextInt(2 * MAX_DELAY_MILLIS)));
        assertThat(run.maxDelayMillis()).isLessThanOrEqualTo(MAX_DELAY_AND_TICK_MILLIS);
        // Half of the frames take longer than the limit; nearly all the others come in time.
        assertThat(run.dryShare()).isLessThan(0.55);
    }
}
