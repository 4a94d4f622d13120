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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds synthetic voices to the corpus, one file for each passage of text. The result for each voice is cached in a JSON
 * file and reused as long as the voice and the version of its engine are the same. The same versions of engines and
 * texts produce the same audio.
 */
final class VoiceSynthesis {
    /** Takes the place of the package name in groups and paths. All synthetic voices are for training. */
    static final String ORIGIN = "synthetic";

    private static final int CHARACTERS_PER_MINUTE = 800;

    private final Path corpus;
    private final Path downloads;

    VoiceSynthesis(Path corpus, Path downloads) {
        this.corpus = corpus;
        this.downloads = downloads;
    }

    /**
     * The result for one voice, as it is cached.
     *
     * @param voice that was synthesised
     * @param version of its package
     * @param recordings converted files
     * @param skipped files that could not be decoded
     */
    record Result(
            SyntheticVoice voice, String version, List<CorpusManifest.Recording> recordings, List<String> skipped) {}

    /**
     * Synthesises all voices.
     *
     * @throws IOException if engines or voices are not installed, or synthesis fails; for missing packages the message
     *     contains the command that installs them
     */
    List<Result> run(List<SyntheticVoice> voices, Progress progress) throws IOException {
        Map<String, String> versions = InstalledPackages.versions(
                voices.stream().map(SyntheticVoice::debianPackage).distinct().toList());
        Path unpacked = Files.createTempDirectory(corpus, "unpacked");
        try {
            for (String name : SpeechTexts.PACKAGES) {
                PackageArchive.download(downloads, name).unpack(unpacked);
            }
            SpeechTexts texts = SpeechTexts.of(unpacked);
            Map<String, Jobs.Job<Result>> jobs = new LinkedHashMap<>();
            for (SyntheticVoice voice : voices) {
                jobs.put(voice.name(), () -> result(voice, versions.get(voice.debianPackage()), texts));
            }
            return Jobs.run("Voices", jobs, progress);
        } finally {
            Folders.delete(unpacked);
        }
    }

    private Result result(SyntheticVoice voice, String version, SpeechTexts texts) throws IOException {
        Path cache = Files.createDirectories(corpus.resolve("voices")).resolve(voice.name() + ".json");
        if (Files.exists(cache)) {
            Result cached = new ObjectMapper().readValue(cache.toFile(), Result.class);
            if (cached.voice.equals(voice) && cached.version.equals(version)) {
                return cached;
            }
        }
        Path target = corpus.resolve("train/speech").resolve(ORIGIN).resolve(voice.name());
        Folders.delete(target);
        Path spoken = Files.createTempDirectory(corpus, "spoken");
        try {
            Result result = speak(voice, version, texts, spoken, target);
            Folders.writeJson(cache, result);
            return result;
        } finally {
            Folders.delete(spoken);
        }
    }

    private Result speak(SyntheticVoice voice, String version, SpeechTexts texts, Path spoken, Path target)
            throws IOException {
        int characters = (int) (voice.minutes() * CHARACTERS_PER_MINUTE);
        List<String> passages = texts.passages(voice.language(), voice.name().hashCode(), characters);
        voice.engine().say(voice, passages, spoken);
        List<AudioConverter.Conversion> conversions = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            String name = SpeechEngine.fileName(i);
            if (Files.exists(spoken.resolve(name))) {
                conversions.add(new AudioConverter.Conversion(spoken.resolve(name), target.resolve(name), null));
            }
        }
        Set<Path> broken = new AudioConverter(corpus).convert(conversions);
        List<CorpusManifest.Recording> recordings = new ArrayList<>();
        for (AudioConverter.Conversion each : conversions) {
            double seconds = broken.contains(each.source()) ? 0 : AudioConverter.seconds(each.target());
            if (seconds >= AudioConverter.MIN_SECONDS) {
                String path = corpus.relativize(each.target()).toString();
                String group = ORIGIN + ":" + voice.name();
                recordings.add(new CorpusManifest.Recording(path, Role.TRAIN, Kind.SPEECH, group, seconds, true));
            }
        }
        return new Result(
                voice,
                version,
                recordings,
                broken.stream()
                        .map(file -> ORIGIN + ":" + voice.name() + "/" + file.getFileName())
                        .toList());
    }
}
