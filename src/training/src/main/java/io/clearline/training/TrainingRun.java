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
 * A training from data to finished model: it sets up mixer and trainer, runs the {@link TrainingLoop}, and calibrates
 * the result. If the folder contains checkpoints of an earlier run of the same recipe, the run resumes from them.
 * Thread-confined; computations use all cores.
 */
public final class TrainingRun {
    /** Number of development mixtures per SNR. */
    public static final int DEVELOPMENT_PER_SNR = 10;

    private static final int CALIBRATION_PER_SNR = 40;

    private final Recipe recipe;
    private final Path folder;
    private final Mixer mixer;
    private List<Mixer.Mixture> development;
    private final CalibrationMixtures calibration;
    private final Map<String, Object> data;
    private final Kernel kernel = Kernels.best();
    /** Models that the recipe starts from; empty for random or NMF initial values. */
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

    /**
     * Creates a run on a fetched corpus, or on CHiME-2 if the folder contains it.
     *
     * @param corpus folder of the corpus
     * @param folder of checkpoints and log
     * @throws IOException if the corpus cannot be read, or lacks recordings that the recipe needs or leaves out
     */
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
     * Creates a run on two folders of WAV and FLAC files. {@link Recordings#ofFolder} describes how they are split.
     *
     * @param rooms folder of room impulse responses; null: only simulated rooms
     * @param folder of checkpoints and log
     * @throws IOException if a folder has recordings of fewer than three speakers or noises, or cannot be read
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

    /** Returns a report on the amount of training data, or null for the corpora whose contents are known. */
    public DataReport dataReport() {
        return dataReport;
    }

    /** Evaluates and calibrates with all voices and noises, including those that the mixer leaves out. */
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

    /** Sets the published models that the recipe starts from. */
    public TrainingRun startingFrom(List<EnhancementModel> models) {
        origins = List.copyOf(models);
        return this;
    }

    /** Restricts the development set to its first mixtures, which is enough for tests of a few steps. */
    TrainingRun withDevelopmentMixtures(int count) {
        development = development.subList(0, count);
        return this;
    }

    /**
     * Trains to the end of the recipe, or until early stopping.
     *
     * @param stepsPerEvaluation steps between two evaluations on the development set, each of which writes a checkpoint
     * @param patience number of consecutive evaluations without a larger gain after which the training stops
     * @return the network of the best evaluation
     * @throws IOException if the training fails; earlier checkpoints remain valid
     */
    public NetworkParameters run(Progress progress, int stepsPerEvaluation, int patience) throws IOException {
        return new TrainingLoop(folder, stepsPerEvaluation, patience, this::developmentGainDb)
                .run(recipe.model(), checkpoint -> trainer(checkpoint, progress), recipe.steps(), progress);
    }

    /**
     * Returns the network of the best evaluation so far, even if the training is not finished.
     *
     * @throws IOException if there was no evaluation yet
     */
    public NetworkParameters best() throws IOException {
        Path best = folder.resolve(TrainingLoop.BEST);
        if (!Files.exists(best)) {
            throw new IOException("Nothing to publish in " + folder + ": expected " + best.getFileName()
                    + ", which the first evaluation on the development set writes. Train first.");
        }
        try (Trainer trainer = trainer(best, Progress.NONE)) {
            return trainer.network();
        }
    }

    /** Restores a trainer from a checkpoint, or creates a new one if {@code checkpoint} is null. */
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
                ? SegmentTrainer.start(recipe, mixer, kernel, network, initialParameters())
                : SegmentTrainer.resume(recipe, mixer, kernel, network, checkpoint);
    }

    private float[] initialParameters() {
        if (recipe.network() == NetworkKind.LOCAL) {
            return new LocalNmfStart(recipe).parameters(origins);
        }
        return GramStart.parameters(recipe, mixer, kernel);
    }

    /** Returns a description of the training data for the model card, such as packages with versions and checksums. */
    public Map<String, Object> data() {
        return data;
    }

    /** Returns the model of a network, calibrated with mixtures of the training and the development set. */
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

    /** Returns the mean SNR gain. It is cheap to compute, and it is what the loss optimises. */
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
