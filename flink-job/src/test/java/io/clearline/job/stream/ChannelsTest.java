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
package io.clearline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;
import io.clearline.schemas.FrameLimits;
import io.clearline.schemas.StreamEventKind;
import io.clearline.schemas.frame.StreamFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output of each channel of a stream is, byte for byte, that of the channel alone. */
class ChannelsTest {
    @ParameterizedTest
    @CsvSource({
        "8000, 2, PCMU",
        "8000, 3, PCMA",
        "16000, 2, PCM_S16LE",
        "16000, 8, PCM_S16LE",
        "44100, 2, PCM_S16LE",
        "48000, 6, PCM_S16LE"
    })
    void eachChannelComesOutAsItDoesAlone(int sampleRateHz, int channels, AudioEncoding encoding) {
        assertChannelsAreAlone(sampleRateHz, channels, encoding, StreamPlayer::play);
    }

    @Test
    void lostFramesAreConcealedInEachChannelAsAlone() {
        assertChannelsAreAlone(16_000, 2, AudioEncoding.PCM_S16LE, (player, frames) -> {
            frames.subList(10, 13).clear();
            player.play(frames);
        });
    }

    @Test
    void framesThatWaitKeepTheirChannels() {
        assertChannelsAreAlone(16_000, 2, AudioEncoding.PCM_S16LE, (player, frames) -> {
            player.play(frames.subList(0, 10)).play(frames.get(11)).play(frames.get(10));
            player.play(frames.subList(12, frames.size()));
        });
    }

    @Test
    void aSilenceOfTheSenderEndsATalkSpurtInEachChannelAsAlone() {
        assertChannelsAreAlone(48_000, 2, AudioEncoding.PCM_S16LE, (player, frames) -> {
            player.play(frames.subList(0, 20));
            player.play(Frames.later(frames.subList(20, frames.size()), 2_000_000));
        });
    }

    @Test
    void framesThatGoOutEarlyAndAreBypassedDoSoInEachChannelAsAlone() {
        assertChannelsAreAlone(48_000, 2, AudioEncoding.PCM_S16LE, (player, frames) -> {
            player.play(frames.subList(0, 20)).release();
            player.stream.setBypassed(true);
            player.play(frames.subList(20, 30));
            player.stream.setBypassed(false);
            player.play(frames.subList(30, frames.size()));
        });
    }

    @Test
    void theStateOfEveryChannelIsStored() throws IOException {
        List<StreamFrame> frames = Frames.noise("a", 48_000, 3, 1, 5);
        StreamPlayer whole = new StreamPlayer().play(frames);
        StreamPlayer before = new StreamPlayer().play(frames.subList(0, 21));
        StreamPlayer after = new StreamPlayer(StreamRules.DEFAULT, stored(before.stream));
        after.play(frames.subList(21, frames.size()));

        List<String> payloads = new ArrayList<>(before.payloads());
        payloads.addAll(after.payloads());
        assertThat(payloads).isEqualTo(whole.payloads());
    }

    @Test
    void anotherNumberOfChannelsResetsTheStream() {
        List<StreamFrame> mono = Frames.noise("a", 16_000, 1, 0.2, 1);
        List<StreamFrame> stereo = Frames.numbered(Frames.noise("a", 16_000, 2, 0.2, 1), 5, 100_000);
        StreamPlayer player =
                new StreamPlayer().play(mono.subList(0, 5)).play(stereo).close();

        assertThat(player.sink.kinds())
                .containsExactly(StreamEventKind.OPENED, StreamEventKind.RESET, StreamEventKind.CLOSED);
        assertThat(player.sink.frames)
                .extracting(RecordingSink.Frame::channels)
                .startsWith(1, 1, 1, 1, 1, 2, 2)
                .hasSize(15);
        assertThat(player.sink.frames).allMatch(frame -> frame.samples() == 320);
    }

    @Test
    void eachChannelHasEstimatesOfItsOwn() {
        StreamPlayer both = new StreamPlayer().play(Frames.noise("a", 16_000, 2, 2.5, 7));
        for (int channel = 0; channel < 2; channel++) {
            int wanted = channel;
            StreamPlayer alone = new StreamPlayer().play(Frames.noise("a", 16_000, 1, 2.5, 7 + channel));
            assertThat(alone.sink.estimates).hasSize(3);
            assertThat(both.sink.estimates.stream().filter(each -> each.channel() == wanted))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("channel")
                    .isEqualTo(alone.sink.estimates);
        }
    }

    private static StreamState stored(StreamState stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.writeTo(new DataOutputStream(bytes));
        return StreamState.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** Plays frames to a stream, with losses and other disturbances. */
    private interface Scene {
        void play(StreamPlayer player, List<StreamFrame> frames);
    }

    private static void assertChannelsAreAlone(int sampleRateHz, int channels, AudioEncoding encoding, Scene scene) {
        List<AudioClip> clips = Frames.noiseClips(sampleRateHz, channels, 1, 3);
        List<RecordingSink.Frame> together = framesOf(clips, encoding, scene);
        for (int channel = 0; channel < channels; channel++) {
            List<RecordingSink.Frame> alone = framesOf(List.of(clips.get(channel)), encoding, scene);
            assertThat(together).hasSameSizeAs(alone);
            for (int i = 0; i < alone.size(); i++) {
                RecordingSink.Frame frame = together.get(i);
                assertThat(frame.channels()).isEqualTo(channels);
                assertThat(channel(frame, channel))
                        .as("frame %d of channel %d", i, channel)
                        .isEqualTo(alone.get(i).payload());
                assertThat(frame)
                        .usingRecursiveComparison()
                        .ignoringFields("channels", "payload")
                        .isEqualTo(alone.get(i));
            }
        }
    }

    private static List<RecordingSink.Frame> framesOf(List<AudioClip> clips, AudioEncoding encoding, Scene scene) {
        StreamPlayer player = new StreamPlayer();
        scene.play(player, Frames.of("a", clips, encoding));
        return player.sink.frames;
    }

    /** Returns the bytes of one channel of a frame. */
    private static byte[] channel(RecordingSink.Frame frame, int channel) {
        int width = FrameLimits.bytesPerSample(frame.encoding());
        byte[] bytes = new byte[frame.samples() * width];
        for (int i = 0; i < bytes.length; i++) {
            int sample = i / width;
            bytes[i] = frame.payload()[(sample * frame.channels() + channel) * width + i % width];
        }
        return bytes;
    }
}
