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
package io.clearline.cli;

import io.clearline.cli.audio.EnhanceRun;
import io.clearline.cli.audio.EnhanceSettings;
import io.clearline.cli.audio.FileEnhancer;
import io.clearline.inference.kernel.Kernels;
import io.clearline.inference.model.ModelId;
import io.clearline.job.JobModels;
import io.clearline.job.JobOptions;
import io.clearline.job.model.ModelFiles;
import io.clearline.job.stream.ModelSet;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Option;

/** The options that choose models, for the commands that enhance audio. */
final class ModelOptions {
    private static final int BATCH_WIDTH = JobOptions.BATCH_WIDTH.defaultValue();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model as channel, name or name@version, at most one for each sample rate; repeatable"
                    + " (default: live).")
    private List<String> names = JobOptions.MODELS.defaultValue();

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            description = "Folder of the model repository (default: the published models).")
    private Path repository;

    /** Adds these options to those of the job. */
    void addTo(Configuration options) {
        options.set(JobOptions.MODELS, names);
        if (repository != null) {
            options.set(JobOptions.MODEL_REPOSITORY, repository.toString());
        }
    }

    /** Returns the folder of the model repository; null for that of the published models. */
    Path repository() {
        return repository;
    }

    /** Returns the models in the form in which the job graph carries them. */
    List<ModelFiles> shipped() throws IOException {
        Configuration options = new Configuration();
        addTo(options);
        return JobModels.load(options);
    }

    /** Returns the models, ready to compute. The set is confined to one thread. */
    ModelSet modelSet() throws IOException {
        ModelRepository models = new ModelRepository(
                JobModels.repository(Optional.ofNullable(repository).map(Path::toString)));
        ModelSet set = new ModelSet(Kernels.best(), BATCH_WIDTH);
        for (String name : names) {
            for (ModelId id : models.resolveAll(name)) {
                set.add(models.load(id.toString()));
            }
        }
        return set;
    }

    /**
     * Returns an enhancer with its own models, for one thread of a run.
     *
     * @throws UncheckedIOException if a model does not exist or cannot be read
     */
    FileEnhancer enhancer(EnhanceSettings settings, EnhanceRun run) {
        try {
            return new FileEnhancer(modelSet(), settings, run::isStopped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
