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
 * What the bench puts between the topics: the job with a model, or the job's graph with an operator that only hands
 * frames on.
 *
 * @param main runs it
 * @param model by channel, name or name@version
 * @param repository that holds it
 * @param name for reports
 * @param stft null: a frame goes out as soon as it comes
 */
public record BenchSubject(
        Class<?> main,
        String model,
        Path repository,
        String name,
        long multiplyAddsPerSecond,
        int sampleRateHz,
        StftSpec stft) {
    /** In place of a model's name: the bare pipeline. */
    public static final String NONE = "none";

    private static final int BARE_RATE_HZ = 16_000;

    /** By the name of a model, {@link BenchModels#PAPER} or {@link #NONE}. */
    public static BenchSubject of(String model) throws IOException {
        Path published = JobModels.repository(Optional.empty());
        if (model.equals(NONE)) {
            return new BenchSubject(CopyJob.class, model, published, "none (frames handed on)", 0, BARE_RATE_HZ, null);
        }
        return model.equals(BenchModels.PAPER) ? of(model, paper()) : of(model, published);
    }

    /** The job with a model of a repository. */
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

    public boolean isBare() {
        return stft == null;
    }

    /** Which frames complete which, where frames have so many samples. */
    public FrameTiming timing(int frameSamples) {
        return isBare() ? FrameTiming.passing(frameSamples) : new FrameTiming(stft, frameSamples);
    }
}
