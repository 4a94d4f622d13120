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
package io.clearline.lab.pipeline;

import io.clearline.dsp.StftSpec;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.job.ClearlineJob;
import io.clearline.job.JobModels;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program under test: the job with a model, or the bare pipeline, which is the job's graph with an operator that
 * passes frames on unchanged. Immutable.
 *
 * @param main main class of the program
 * @param model channel, name or name@version of the model
 * @param repository repository of the model
 * @param name name in reports
 * @param multiplyAddsPerSecond multiply-adds of the network for one second of audio; 0 for the bare pipeline
 * @param sampleRateHz sample rate of the model
 * @param stft analysis of the model, or null for the bare pipeline, which has no algorithmic delay
 */
public record BenchSubject(
        Class<?> main,
        String model,
        Path repository,
        String name,
        long multiplyAddsPerSecond,
        int sampleRateHz,
        StftSpec stft) {
    /** Stands for the bare pipeline in place of a model's name. */
    public static final String NONE = "none";

    private static final int BARE_RATE_HZ = 16_000;

    /**
     * Returns the subject for a model of the published repository, for {@link BenchModels#PAPER} or for {@link #NONE}.
     *
     * @throws IOException if there is no such model
     */
    public static BenchSubject of(String model) throws IOException {
        Path published = JobModels.repository(Optional.empty());
        if (model.equals(NONE)) {
            return new BenchSubject(CopyJob.class, model, published, "none (frames handed on)", 0, BARE_RATE_HZ, null);
        }
        return model.equals(BenchModels.PAPER) ? of(model, paper()) : of(model, published);
    }

    /** Returns the job with a model of a repository. */
    public static BenchSubject of(String model, Path repository) throws IOException {
        EnhancementModel loaded = new ModelRepository(repository).load(model);
        return new BenchSubject(
                ClearlineJob.class,
                model,
                repository,
                loaded.id().toString(),
                loaded.multiplyAddsPerSecond(),
                loaded.sampleRateHz(),
                loaded.stft());
    }

    private static Path paper() throws IOException {
        Path folder = Files.createTempDirectory("clearline-models");
        BenchModels.publishPaper(folder);
        return folder;
    }

    /** Returns whether this is the bare pipeline. */
    public boolean isBare() {
        return stft == null;
    }

    /** Returns which input frame completes which output frame, for frames of the given number of samples. */
    public FrameTiming timing(int frameSamples) {
        return isBare() ? FrameTiming.passThrough(frameSamples) : new FrameTiming(stft, frameSamples);
    }
}
