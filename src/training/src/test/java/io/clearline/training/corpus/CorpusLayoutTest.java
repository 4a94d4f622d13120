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
package io.clearline.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the layouts with small imitations of the corpora. */
class CorpusLayoutTest {
    @TempDir
    Path folder;

    @Test
    void libriSpeechSaysWhichSpeakerIsForWhat() throws Exception {
        files(
                "train-clean-100/19/198/19-198-0000.flac",
                "train-clean-100/19/198/19-198.trans.txt",
                "dev-clean/84/121123/84-121123-0000.flac",
                "test-other/367/130732/367-130732-0000.flac");

        assertThat(items("LibriSpeech", CorpusLayout.LayoutKind.SPEECH))
                .containsExactly("DEVELOPMENT 84", "TEST 367", "TRAIN 19");
    }

    @Test
    void vctkHasOneMicrophoneOfEachSpeaker() throws Exception {
        files(
                "wav48_silence_trimmed/p225/p225_001_mic1.flac",
                "wav48_silence_trimmed/p225/p225_001_mic2.flac",
                "wav48_silence_trimmed/s5/s5_001_mic1.flac",
                "txt/p225/p225_001.txt");

        assertThat(items("VCTK", CorpusLayout.LayoutKind.SPEECH)).containsExactly("null p225", "null s5");
    }

    @Test
    void noiseOfVoiceBankIsTheMixtureLessItsSpeech() throws Exception {
        files(
                "clean_trainset_28spk_wav/p226_001.wav",
                "noisy_trainset_28spk_wav/p226_001.wav",
                "clean_testset_wav/p232_001.wav",
                "noisy_testset_wav/p232_001.wav");

        assertThat(items("VoiceBank+DEMAND", CorpusLayout.LayoutKind.SPEECH)).containsExactly("TEST p232", "null p226");
        assertThat(items("VoiceBank+DEMAND", CorpusLayout.LayoutKind.NOISE)).containsExactly("TEST p232", "null p226");
        assertThat(CorpusLayout.of(folder)
                        .items(folder, CorpusLayout.LayoutKind.NOISE)
                        .get(0)
                        .minus())
                .isEqualTo(folder.resolve("clean_testset_wav/p232_001.wav"));
    }

    @Test
    void theDnsChallengeHasReadersNoisesAndRooms() throws Exception {
        files(
                "datasets_fullband/clean_fullband/read_speech/book_00000_chp_0009_reader_06709_0_seg_0.wav",
                "datasets_fullband/noise_fullband/_-1a2b.wav",
                "datasets_fullband/impulse_responses/SLR26/simulated_rirs_48k/smallroom/Room001/Room001-00001.wav");

        assertThat(items("DNS Challenge", CorpusLayout.LayoutKind.SPEECH)).containsExactly("null reader_06709");
        assertThat(items("DNS Challenge", CorpusLayout.LayoutKind.NOISE)).containsExactly("null _-1a2b");
        assertThat(items("DNS Challenge", CorpusLayout.LayoutKind.ROOM)).hasSize(1);
    }

    @Test
    void musanHasSpeechNoiseAndMusic() throws Exception {
        files(
                "speech/librivox/speech-librivox-0000.wav",
                "noise/free-sound/noise-free-sound-0000.wav",
                "music/fma/music-fma-0000.wav");

        assertThat(items("MUSAN", CorpusLayout.LayoutKind.SPEECH)).containsExactly("null speech-librivox-0000");
        assertThat(items("MUSAN", CorpusLayout.LayoutKind.NOISE))
                .containsExactly("null music-fma-0000", "null noise-free-sound-0000");
    }

    @Test
    void whamSaysWhichNoiseIsForWhat() throws Exception {
        files("tr/011a0101_0.061105_401c020r_-0.061105.wav", "cv/40pa010n_1.wav", "tt/050a050d_2.wav");

        assertThat(items("WHAM", CorpusLayout.LayoutKind.NOISE))
                .containsExactly("DEVELOPMENT 40pa010n", "TRAIN 011a0101", "TEST 050a050d");
    }

    @Test
    void responsesOfRoomsLieBesidePointSources() throws Exception {
        files("simulated_rirs/smallroom/Room001/Room001-00001.wav", "pointsource_noises/noise-free-sound-0001.wav");

        assertThat(items("RIRS_NOISES", CorpusLayout.LayoutKind.ROOM)).hasSize(1);
        assertThat(items("RIRS_NOISES", CorpusLayout.LayoutKind.NOISE)).hasSize(1);
    }

    @Test
    void elsewhereASubfolderOrAFileIsASpeaker() throws Exception {
        files("anna/a.wav", "anna/b.WAV", "bert.flac", "notes.txt");

        assertThat(items("recordings", CorpusLayout.LayoutKind.SPEECH))
                .containsExactly("null anna", "null anna", "null bert.flac");
    }

    private void files(String... paths) throws Exception {
        for (String path : paths) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[0]);
        }
    }

    private List<String> items(String layout, CorpusLayout.LayoutKind kind) throws Exception {
        CorpusLayout found = CorpusLayout.of(folder);
        assertThat(found.name()).isEqualTo(layout);
        return found.items(folder, kind).stream()
                .map(item -> item.role() + " " + item.group())
                .toList();
    }
}
