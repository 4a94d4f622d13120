package io.clearline.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.training.corpus.CorpusManifest;
import io.clearline.training.corpus.Kind;
import io.clearline.training.corpus.Role;
import io.clearline.training.deepnmf.DeepNmfStart;
import io.clearline.training.deepnmf.DeepNmfTrainer;
import io.clearline.training.gram.GramTrainer;
import io.clearline.training.mixing.FixedMixtures;
import io.clearline.training.mixing.Mixer;
import io.clearline.training.mixing.Recordings;
import io.clearline.unfolding.kernel.Kernel;
import io.clearline.unfolding.kernel.Kernels;
import io.clearline.unfolding.model.EnhancementModel;
import io.clearline.unfolding.model.ModelId;
import io.clearline.unfolding.model.SdrCalibration;
import io.clearline.unfolding.network.NetworkParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One training from start to end: data, steps, development scores, checkpoints, and the log in {@code training.jsonl}. What a folder holds of
 * an earlier run of the same recipe is gone on with.
 */
public final class TrainingRun {
    private static final String CHECKPOINT = "checkpoint.bin";
    private static final int DEVELOPMENT_PER_SNR = 10;
    private static final int TEST_PER_SNR = 20;

    /** Of the training set as well as of the development set, whose noises are few. */
    private static final int CALIBRATION_PER_SNR = 40;

    private final Recipe recipe;
    private final Path folder;
    private final Mixer mixer;
    private final List<Mixer.Mixture> development;
    private final List<Mixer.Mixture> test;
    private final Supplier<List<Mixer.Mixture>> calibration;
    private final Map<String, Object> data;
    private final Kernel kernel = Kernels.best();

    private TrainingRun(
            Recipe recipe,
            Path folder,
            Mixer mixer,
            List<Mixer.Mixture> development,
            List<Mixer.Mixture> test,
            Supplier<List<Mixer.Mixture>> calibration,
            Map<String, Object> data) {
        this.data = data;
        this.calibration = calibration;
        this.test = test;
        this.recipe = recipe;
        this.folder = folder;
        this.mixer = mixer;
        this.development = development;
    }

    /** A run on a fetched corpus. */
    public static TrainingRun onCorpus(Recipe recipe, Path corpus, Path folder) throws IOException {
        CorpusManifest manifest = CorpusManifest.read(corpus);
        int rate = recipe.sampleRateHz();
        Map<Role, Recordings> speech = new EnumMap<>(Role.class);
        Map<Role, Recordings> noise = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            speech.put(role, Recordings.ofCorpus(corpus, manifest, role, Kind.SPEECH, rate));
            noise.put(role, Recordings.ofCorpus(corpus, manifest, role, Kind.NOISE, rate));
        }
        return of(recipe, speech, noise, folder, Map.of("packages", manifest.packages()));
    }

    /** A run on two folders of WAV and FLAC files; {@link Recordings#ofFolder} says how they are split. */
    public static TrainingRun onFolders(Recipe recipe, Path speech, Path noise, Path folder) throws IOException {
        return of(
                recipe,
                Recordings.ofFolder(speech, recipe.sampleRateHz()),
                Recordings.ofFolder(noise, recipe.sampleRateHz()),
                folder,
                Map.of(
                        "speech",
                        speech.getFileName().toString(),
                        "noise",
                        noise.getFileName().toString()));
    }

    private static TrainingRun of(
            Recipe recipe,
            Map<Role, Recordings> speech,
            Map<Role, Recordings> noise,
            Path folder,
            Map<String, Object> data) {
        int rate = recipe.sampleRateHz();
        return new TrainingRun(
                recipe,
                folder,
                new Mixer(speech.get(Role.TRAIN), noise.get(Role.TRAIN), rate, recipe.seed()),
                FixedMixtures.draw(
                        speech.get(Role.DEVELOPMENT), noise.get(Role.DEVELOPMENT), rate, DEVELOPMENT_PER_SNR),
                FixedMixtures.draw(speech.get(Role.TEST), noise.get(Role.TEST), rate, TEST_PER_SNR),
                () -> calibrationMixtures(speech, noise, rate),
                data);
    }

    private static List<Mixer.Mixture> calibrationMixtures(
            Map<Role, Recordings> speech, Map<Role, Recordings> noise, int sampleRateHz) {
        List<Mixer.Mixture> mixtures = new ArrayList<>();
        for (Role role : List.of(Role.TRAIN, Role.DEVELOPMENT)) {
            mixtures.addAll(FixedMixtures.draw(speech.get(role), noise.get(role), sampleRateHz, CALIBRATION_PER_SNR));
        }
        return mixtures;
    }

    /**
     * Trains to the end of the recipe.
     *
     * @param stepsPerReport steps between two looks at the development set, each with a checkpoint
     * @return the network
     */
    public NetworkParameters run(Progress progress, int stepsPerReport) throws IOException {
        Files.createDirectories(folder);
        Path checkpoint = folder.resolve(CHECKPOINT);
        try (Trainer trainer = trainer(checkpoint, progress)) {
            progress.begin("Training " + recipe.model(), recipe.steps() - trainer.step());
            double loss = 0;
            int counted = 0;
            String developmentText = "";
            long startNanos = System.nanoTime();
            while (!trainer.isDone()) {
                loss += trainer.train();
                counted++;
                if (trainer.step() % stepsPerReport == 0 || trainer.isDone()) {
                    double gainDb = developmentGainDb(trainer.network());
                    developmentText = String.format("development gain %.2f dB", gainDb);
                    log(trainer.step(), loss / counted, gainDb, (System.nanoTime() - startNanos) / 1e9);
                    trainer.checkpoint(checkpoint);
                    loss = 0;
                    counted = 0;
                }
                progress.step(developmentText);
            }
            progress.end();
            return trainer.network();
        }
    }

    /** Goes on from the checkpoint, or starts anew where there is none. */
    private Trainer trainer(Path checkpoint, Progress progress) throws IOException {
        if (recipe.network() == NetworkKind.DEEP_NMF) {
            DeepNmfTrainer trainer = DeepNmfStart.of(recipe, mixer, kernel.products(), progress);
            if (Files.exists(checkpoint)) {
                trainer.resume(checkpoint);
            }
            return trainer;
        }
        return Files.exists(checkpoint)
                ? GramTrainer.resume(recipe, mixer, kernel.products(), checkpoint)
                : GramTrainer.start(recipe, mixer, kernel.products());
    }

    /** For the card: the packages that the model learnt from, with their versions and checksums. */
    public Map<String, Object> data() {
        return data;
    }

    /** The finished model: calibrated by mixtures of the training and the development set. */
    public EnhancementModel finished(NetworkParameters network, String version) {
        EnhancementModel uncalibrated = model(network, "0", SdrCalibration.uncalibrated());
        return model(
                network,
                version,
                ModelScores.of(uncalibrated, calibration.get()).calibration());
    }

    /** For the card: what the finished model does on the development mixtures and on the test mixtures, which nothing was chosen by. */
    public Map<String, Object> scores(EnhancementModel finished) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("development", ModelScores.of(finished, development).forCard());
        ModelScores onTest = ModelScores.of(finished, test);
        card.put("test", onTest.forCard());
        card.put("sdrEstimateOnTest", onTest.estimateForCard());
        return card;
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
        ModelProbe probe = new ModelProbe(model(network, "0", SdrCalibration.uncalibrated()), kernel);
        double sum = 0;
        for (Mixer.Mixture mixture : development) {
            float[] enhanced = probe.enhance(mixture.mixture());
            sum += snrDb(mixture.speech(), enhanced) - snrDb(mixture.speech(), mixture.mixture());
        }
        return sum / development.size();
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

    private void log(int step, double lossDb, double gainDb, double seconds) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("lossDb", lossDb);
        line.put("developmentGainDb", gainDb);
        line.put("seconds", seconds);
        Files.writeString(
                folder.resolve("training.jsonl"),
                new ObjectMapper().writeValueAsString(line) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
