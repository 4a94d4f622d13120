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
package io.clearline.training;

import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import io.clearline.inference.model.SdrCalibration;
import io.clearline.inference.network.NetworkParameters;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import io.clearline.training.deepnmf.DeepNmfStart;
import io.clearline.training.deepnmf.DeepNmfTrainer;
import io.clearline.training.gram.GramStart;
import io.clearline.training.local.LocalNmfStart;
import io.clearline.training.local.LocalNmfWeights;
import io.clearline.training.mixing.CalibrationMixtures;
import io.clearline.training.mixing.Chime2;
import io.clearline.training.mixing.DataReport;
import io.clearline.training.mixing.FixedMixtures;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.mixing.Recordings;
import io.clearline.training.mixing.Rooms;
import io.clearline.training.segments.SegmentTrainer;
import io.clearline.training.segments.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training from start to end: data, steps, development scores, checkpoints, and the log in {@code training.jsonl}.
 * What a folder holds of an earlier run of the same recipe is gone on with.
 */
public final class TrainingRun {
    /** Development mixtures of each SNR. */
    public static final int DEVELOPMENT_PER_SNR = 10;

    private static final int CALIBRATION_PER_SNR = 40;

    private final Recipe recipe;
    private final Path folder;
    private final Mixer mixer;
    private List<Mixer.Mixture> development;
    private final CalibrationMixtures calibration;
    private final Map<String, Object> data;
    private final Kernel kernel = Kernels.best();
    /** Empty: the recipe starts from nothing. */
    private List<EnhancementModel> origins = List.of();

    private DataReport dataReport;

    private TrainingRun(
            Recipe recipe,
            Path folder,
            Mixer mixer,
            List<Mixer.Mixture> development,
            CalibrationMixtures calibration,
            Map<String, Object> data) {
        this.data = data;
        this.calibration = calibration;
        this.recipe = recipe;
        this.folder = folder;
        this.mixer = mixer;
        this.development = development;
    }

    /** A run on a fetched corpus, or on CHiME-2 where the folder holds that. */
    public static TrainingRun onCorpus(Recipe recipe, Path corpus, Path folder) throws IOException {
        Optional<Chime2> chime = Chime2.in(corpus);
        if (chime.isPresent()) {
            return onChime2(recipe, chime.get(), folder);
        }
        CorpusManifest manifest = CorpusManifest.read(corpus);
        CorpusManifest mixed = manifest.withoutVoices(recipe.mixing().withoutVoices());
        int rate = recipe.sampleRateHz();
        Map<Role, Recordings> speech = new EnumMap<>(Role.class);
        Map<Role, Recordings> noise = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            speech.put(role, Recordings.voicesOfCorpus(corpus, manifest, role, rate));
            noise.put(role, Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, rate));
        }
        Mixer mixer = new Mixer(
                Recordings.voicesOfCorpus(corpus, mixed, Role.TRAIN, rate),
                noise.get(Role.TRAIN),
                rate,
                recipe.seed(),
                recipe.mixing());
        return of(recipe, mixer, speech, noise, folder, Map.of("packages", manifest.packages()));
    }

    private static TrainingRun onChime2(Recipe recipe, Chime2 chime, Path folder) throws IOException {
        int rate = recipe.sampleRateHz();
        List<Mixer.Mixture> calibration = chime.mixtures(Role.DEVELOPMENT, rate, CALIBRATION_PER_SNR);
        return new TrainingRun(
                recipe,
                folder,
                new Mixer(
                        chime.speech(Role.TRAIN, rate),
                        chime.noise(Role.TRAIN, rate),
                        rate,
                        recipe.seed(),
                        recipe.mixing()),
                chime.mixtures(Role.DEVELOPMENT, rate, DEVELOPMENT_PER_SNR),
                CalibrationMixtures.of(calibration),
                Map.of("corpus", "CHiME-2 track 2 (LDC2017S10)"));
    }

    /**
     * A run on two folders of WAV and FLAC files; {@link Recordings#ofFolder} says how they are split.
     *
     * @param rooms a folder of room responses; null: made-up rooms
     */
    public static TrainingRun onFolders(Recipe recipe, Path speech, Path noise, Path rooms, Path folder)
            throws IOException {
        int rate = recipe.sampleRateHz();
        Map<Role, Recordings> voices = Recordings.ofFolder(speech, Kind.SPEECH, rate);
        Map<Role, Recordings> noises = Recordings.ofFolder(noise, Kind.NOISE, rate);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("speech", speech.getFileName().toString());
        data.put("noise", noise.getFileName().toString());
        if (rooms != null) {
            data.put("rooms", rooms.getFileName().toString());
        }
        Rooms responses = rooms == null ? Rooms.MADE_UP : Rooms.ofFolder(rooms, rate);
        Mixer mixer = new Mixer(
                voices.get(Role.TRAIN), noises.get(Role.TRAIN), responses, rate, recipe.seed(), recipe.mixing());
        TrainingRun run = of(recipe, mixer, voices, noises, folder, data);
        run.dataReport = DataReport.of(voices, noises);
        return run;
    }

    /** How much data there is and what to expect of it; null where that is known, as of the fetched corpus. */
    public DataReport dataReport() {
        return dataReport;
    }

    /** Looks and calibrates by all voices and noises, whichever of them the mixer draws. */
    private static TrainingRun of(
            Recipe recipe,
            Mixer mixer,
            Map<Role, Recordings> speech,
            Map<Role, Recordings> noise,
            Path folder,
            Map<String, Object> data) {
        int rate = recipe.sampleRateHz();
        return new TrainingRun(
                recipe,
                folder,
                mixer,
                FixedMixtures.draw(
                        speech.get(Role.DEVELOPMENT), noise.get(Role.DEVELOPMENT), rate, DEVELOPMENT_PER_SNR),
                CalibrationMixtures.draw(speech, noise, rate),
                data);
    }

    /** Starts from published models, as the recipe says. */
    public TrainingRun startingFrom(List<EnhancementModel> models) {
        origins = List.copyOf(models);
        return this;
    }

    /** Looks at the first mixtures of the development set alone: enough for trainings of a few steps. */
    TrainingRun lookingAt(int mixtures) {
        development = development.subList(0, mixtures);
        return this;
    }

    /**
     * Trains to the end of the recipe, or until the development set says stop.
     *
     * @param stepsPerLook steps between two looks at the development set, each with a checkpoint
     * @param patience looks without a larger gain after which the training ends
     * @return the network of the best look
     * @throws IOException when it can't go on; what was written before stays good
     */
    public NetworkParameters run(Progress progress, int stepsPerLook, int patience) throws IOException {
        return new TrainingLoop(folder, stepsPerLook, patience, this::developmentGainDb)
                .run(recipe.model(), checkpoint -> trainer(checkpoint, progress), recipe.steps(), progress);
    }

    /**
     * The network of the best look so far, whatever steps are left.
     *
     * @throws IOException when there was no look yet
     */
    public NetworkParameters best() throws IOException {
        Path best = folder.resolve(TrainingLoop.BEST);
        if (!Files.exists(best)) {
            throw new IOException("Nothing to publish in " + folder + ": expected " + best.getFileName()
                    + ", which the first look at the development set writes. Train first.");
        }
        try (Trainer trainer = trainer(best, Progress.NONE)) {
            return trainer.network();
        }
    }

    /** Goes on from a checkpoint, or starts anew where it is null. */
    private Trainer trainer(Path checkpoint, Progress progress) throws IOException {
        if (recipe.network() == NetworkKind.DEEP_NMF) {
            DeepNmfTrainer trainer = DeepNmfStart.of(recipe, mixer, kernel, progress);
            if (checkpoint != null) {
                trainer.resume(checkpoint);
            }
            return trainer;
        }
        TrainedNetwork network =
                recipe.network() == NetworkKind.LOCAL ? new LocalNmfWeights(recipe) : GramStart.network(recipe);
        return checkpoint == null
                ? SegmentTrainer.start(recipe, mixer, kernel, network, start())
                : SegmentTrainer.resume(recipe, mixer, kernel, network, checkpoint);
    }

    private float[] start() {
        if (recipe.network() == NetworkKind.LOCAL) {
            return new LocalNmfStart(recipe).parameters(origins);
        }
        return GramStart.anew(recipe, mixer, kernel);
    }

    /** For the card: the packages that the model learnt from, with their versions and checksums. */
    public Map<String, Object> data() {
        return data;
    }

    /** The finished model: calibrated by mixtures of the training and the development set. */
    public EnhancementModel finished(NetworkParameters network, String version) {
        EnhancementModel uncalibrated = model(network, "0", SdrCalibration.uncalibrated());
        return model(network, version, EstimateCalibration.of(uncalibrated, calibration));
    }

    private EnhancementModel model(NetworkParameters network, String version, SdrCalibration calibration) {
        return new EnhancementModel(
                new ModelId(recipe.model(), version),
                recipe.sampleRateHz(),
                recipe.stft(),
                recipe.features(),
                network,
                calibration);
    }

    /** Mean gain in SNR against the clean signal: quick to compute, and what the loss is about. */
    private double developmentGainDb(NetworkParameters network) {
        EnhancementModel model = model(network, "0", SdrCalibration.uncalibrated());
        double[] gainsDb = new double[development.size()];
        new Parts<>(() -> new ModelProbe(model, kernel)).run(gainsDb.length, (probe, index) -> {
            Mixer.Mixture mixture = development.get(index);
            float[] enhanced = probe.enhance(mixture.mixture());
            gainsDb[index] = snrDb(mixture.speech(), enhanced) - snrDb(mixture.speech(), mixture.mixture());
        });
        return Arrays.stream(gainsDb).average().orElse(Double.NaN);
    }

    private static double snrDb(float[] reference, float[] estimate) {
        double signal = 0;
        double error = 0;
        for (int i = 0; i < reference.length; i++) {
            double difference = estimate[i] - reference[i];
            signal += (double) reference[i] * reference[i];
            error += difference * difference;
        }
        return 10 * Math.log10((signal + 1e-12) / (error + 1e-12));
    }
}
