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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clearline.schemas.AudioFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads sources with the real ffmpeg. The frames are recorded in a list. */
class IngestTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int FRAME_SAMPLES = 960;

    private final Frames frames = new Frames();

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeFfmpeg() {
        FfmpegFiles.assumeInstalled();
    }

    @Test
    void everySampleOfEveryChannelIsInItsFrame() throws Exception {
        Path file = FfmpegFiles.noise(folder.resolve("six.wav"), 6);
        Ingest ingest = ingest(IngestSettings.of("stream", file.toString()).withPaced(false));
        ingest.run();

        assertThat(frames.samples()).hasSize(6 * 96_000).isEqualTo(FfmpegFiles.samples(file));
        List<AudioFrame> all = frames.all();
        long startMicros = all.get(0).getCaptureTimeMicros();
        for (int i = 0; i < all.size(); i++) {
            AudioFrame frame = all.get(i);
            assertThat(frame.getSequence()).isEqualTo(i);
            assertThat(frame.getChannels()).isEqualTo(6);
            assertThat(frame.getCaptureTimeMicros()).isEqualTo(startMicros + 20_000L * i);
            assertThat(frame.getAttributes()).containsEntry("sourceTimeMicros", Long.toString(20_000L * i));
            assertThat(frame.getLastOfStream()).isEqualTo(i == all.size() - 1);
        }
        assertThat(ingest.status().sessions()).isEqualTo(1);
        assertThat(ingest.status().silenceSamples()).isZero();
    }

    @Test
    void aLiveSourceIsAnalysedBrieflyUnlessAnOptionSaysOtherwise() {
        IngestSettings live = IngestSettings.of("stream", "srt://127.0.0.1:9000?mode=listener");
        assertThat(String.join(" ", FfmpegSource.arguments(live)))
                .contains("-analyzeduration 500000 -probesize 1000000 -i srt:");
        IngestSettings asked = live.withOptions(Map.of("analyzeduration", "2000000"));
        assertThat(String.join(" ", FfmpegSource.arguments(asked))).contains("-analyzeduration 2000000 -i srt:");
        for (String other : List.of("a.wav", "https://example.org/a.m3u8")) {
            assertThat(FfmpegSource.arguments(IngestSettings.of("stream", other)))
                    .doesNotContain("-analyzeduration");
        }
    }

    @Test
    void aGapInTheSourcesClockBecomesSilenceOfItsLength() throws Exception {
        String tone = "sine=frequency=440:r=48000:d=3:samples_per_frame=960,aselect='not(between(t,1,1.499))'";
        Path file = FfmpegFiles.make(folder.resolve("hole.nut"), tone);
        Ingest ingest = ingest(IngestSettings.of("stream", file.toString()).withPaced(false));
        ingest.run();

        short[] samples = frames.samples();
        assertThat(samples).hasSize(3 * 48_000);
        assertThat(ingest.status().silenceSamples()).isEqualTo(24_000);
        for (int i = 48_000; i < 72_000; i++) {
            assertThat(samples[i]).as("sample %d", i).isZero();
        }
        // 440 Hz has whole periods in every second, so the tone continues with the phase it would have had.
        for (int i = 72_000; i < samples.length; i++) {
            assertThat((double) samples[i])
                    .as("sample %d", i)
                    .isCloseTo(
                            4095 * Math.sin(2 * Math.PI * 440 * i / 48_000), org.assertj.core.data.Offset.offset(3.0));
        }
    }

    @Test
    void aLoopedFileStaysInOneSession() throws Exception {
        Path file = FfmpegFiles.noise(folder.resolve("two.wav"), 2);
        IngestSettings settings =
                IngestSettings.of("stream", file.toString()).withLoop(true).withPaced(false);
        Ingest ingest = ingest(settings);
        Thread running = start(ingest);
        await().atMost(TIMEOUT).until(() -> frames.all().size() > 2 * 96_000 / FRAME_SAMPLES);
        ingest.stop();
        running.join();

        short[] samples = frames.samples();
        short[] once = FfmpegFiles.samples(file);
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).as("sample %d", i).isEqualTo(once[i % once.length]);
        }
        assertThat(ingest.status().sessions()).isEqualTo(1);
        assertThat(frames.all().get(frames.all().size() - 1).getLastOfStream()).isTrue();
    }

    @Test
    void aKilledSourceIsRestartedAsANewSession() throws Exception {
        Path file = FfmpegFiles.noise(folder.resolve("two.wav"), 2);
        Ingest ingest = ingest(IngestSettings.of("stream", file.toString()).withLoop(true));
        Thread running = start(ingest);
        await().atMost(TIMEOUT).until(() -> frames.all().size() > 10);
        ProcessHandle.of(ingest.pid()).orElseThrow().destroyForcibly();
        await().atMost(TIMEOUT).until(() -> ingest.status().sessions() == 2);
        await().atMost(TIMEOUT)
                .until(() -> frames.all().get(frames.all().size() - 1).getSequence() > 5);
        ingest.stop();
        running.join();

        List<String> sessions =
                frames.all().stream().map(AudioFrame::getSession).distinct().toList();
        assertThat(sessions).hasSize(2);
        for (String session : sessions) {
            List<AudioFrame> all = frames.ofSession(session);
            assertThat(all.get(0).getSequence()).isZero();
            assertThat(all.get(all.size() - 1).getLastOfStream()).isTrue();
            assertThat(all.stream().filter(AudioFrame::getLastOfStream)).hasSize(1);
        }
        assertThat(ingest.status().restarts()).isEqualTo(1);
    }

    @Test
    void aMissingFileIsReported() {
        Ingest ingest =
                ingest(IngestSettings.of("stream", folder.resolve("none.wav").toString()));
        assertThatThrownBy(ingest::run).isInstanceOf(IOException.class).hasMessageContaining("No such file");
        assertThat(frames.all()).isEmpty();
    }

    private Ingest ingest(IngestSettings settings) {
        return new Ingest(settings, frames, sentence -> {});
    }

    private static Thread start(Ingest ingest) {
        Thread thread = new Thread(() -> {
            try {
                ingest.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }
}
