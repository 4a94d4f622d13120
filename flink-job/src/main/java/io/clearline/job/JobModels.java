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
package io.clearline.job;

import io.clearline.inference.model.ModelId;
import io.clearline.job.model.ModelFiles;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.ModelSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/** Loads the models that a job starts with. */
public final class JobModels {
    /** Folder of the published models in an installation. */
    private static final String PUBLISHED = "model-store/models";

    private JobModels() {}

    /**
     * Reads the models that the options name, and verifies their signatures if a public key is configured.
     *
     * @throws IOException if a model is missing, damaged or not signed as required
     */
    public static List<ModelFiles> load(Configuration options) throws IOException {
        ModelRepository repository = new ModelRepository(repository(options.getOptional(JobOptions.MODEL_REPOSITORY)));
        String key = publicKey(options);
        List<ModelFiles> models = new ArrayList<>();
        for (String name : options.get(JobOptions.MODELS)) {
            for (ModelId id : repository.resolveAll(name)) {
                ModelFiles model = ModelFiles.read(repository.folder(id), key);
                requireNamed(id, model);
                models.add(model);
            }
        }
        return models;
    }

    /**
     * Checks the model's name. This parses the model, so that one that can't run fails the submission and not the
     * running job.
     */
    private static void requireNamed(ModelId id, ModelFiles model) throws IOException {
        if (!model.pin().id().equals(id)) {
            throw new IOException("Expected model " + id + " in its folder, found " + model.pin()
                    + ". Publish the model under this name instead of copying or renaming its folder.");
        }
    }

    /**
     * Returns the public key that models must be signed with, as PEM; null if none is configured.
     *
     * @throws IOException if the file can't be read
     * @throws IllegalArgumentException if it contains no Ed25519 public key
     */
    static String publicKey(Configuration options) throws IOException {
        if (!options.contains(JobOptions.MODEL_PUBLIC_KEY)) {
            return null;
        }
        String pem = Files.readString(Path.of(options.get(JobOptions.MODEL_PUBLIC_KEY)));
        ModelSignature.publicKey(pem);
        return pem;
    }

    /**
     * Returns the folder of the model repository: the given one, or else that of the published models in the directory
     * {@code clearline.home}, by default the working directory.
     *
     * @throws IOException if it does not exist
     */
    public static Path repository(Optional<String> given) throws IOException {
        Path folder = given.map(Path::of).orElseGet(() -> Path.of(System.getProperty("clearline.home", ""))
                .resolve(PUBLISHED));
        if (!Files.isDirectory(folder)) {
            throw new IOException("No model repository at " + folder.toAbsolutePath() + ". Set "
                    + JobOptions.MODEL_REPOSITORY.key() + " to the folder that holds the models.");
        }
        return folder;
    }
}
