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
package io.clearline.modelstore;

import io.clearline.inference.model.EnhancementModel;
import io.clearline.inference.model.ModelId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repository of models in a folder. Each version is a subfolder {@code <name>/<version>/} with its
 * {@link ArtifactFiles}. The file {@code channels.json} maps a channel, such as {@code live}, to the models that it
 * uses, one for each sample rate that it serves. A published version never changes; a channel moves from version to
 * version.
 *
 * <p>Models are looked up by {@code name@version}, by the name of a channel, or by their own name, which stands for the
 * newest version. Where a single model is requested and a channel has several, the one with the highest sample rate is
 * returned.
 *
 * <p>Readers may run concurrently with publishers, in this and in other processes: folders and the channel file appear
 * atomically. Concurrent calls of {@link #promote} are not supported; the last one would win.
 */
public final class ModelRepository {

    private static final Logger LOG = LoggerFactory.getLogger(ModelRepository.class);

    private final Path root;
    private final Channels channels;
    private final VersionFolders folders;

    /** @param root folder of the repository; {@link #publish} creates it when it does not exist */
    public ModelRepository(Path root) {
        this.root = root;
        this.channels = new Channels(root);
        this.folders = new VersionFolders(root, LOG::warn);
    }

    /**
     * Loads the model of a name, a channel or a {@code name@version}.
     *
     * @throws ModelNotFoundException when there is none; the message lists the existing models and channels
     * @throws ModelFormatException when the model exists and cannot run
     */
    public EnhancementModel load(String nameOrChannel) throws IOException {
        return artifact(nameOrChannel).model();
    }

    /** Loads the model with its card, as {@link #load}. */
    public ModelArtifact artifact(String nameOrChannel) throws IOException {
        ModelId id = resolve(nameOrChannel);
        ModelArtifact artifact = ModelArtifact.read(folder(id));
        if (!artifact.card().id().equals(id)) {
            throw new ModelFormatException(
                    folder(id).resolve(ArtifactFiles.CARD).toString(),
                    "expected the card of " + id + ", found that of "
                            + artifact.card().id(),
                    "publish versions instead of copying or renaming folders");
        }
        return artifact;
    }

    /** Reads only the card, without the weights. */
    public ModelCard card(String nameOrChannel) throws IOException {
        Path version = folder(resolve(nameOrChannel));
        return ModelCard.read(version.resolve(ArtifactFiles.CARD).toString(), ArtifactFiles.readCard(version));
    }

    /** Returns the version that a name, a channel or a {@code name@version} currently stands for. */
    public ModelId resolve(String nameOrChannel) throws IOException {
        return resolveAll(nameOrChannel).get(0);
    }

    /**
     * Returns all models that a name, a channel or a {@code name@version} currently stands for: a single one, or those
     * of the channel in descending order of sample rate.
     *
     * @throws ModelNotFoundException when one of them does not exist; for a channel, the message names the missing one
     */
    public List<ModelId> resolveAll(String nameOrChannel) throws IOException {
        if (ModelReference.isExact(nameOrChannel)) {
            ModelId id = ModelReference.parse(nameOrChannel);
            if (!exists(id)) {
                throw notFound(nameOrChannel);
            }
            return List.of(id);
        }
        List<ModelId> ids = channels.read().get(ModelNames.require("model or channel", nameOrChannel));
        if (ids == null) {
            return List.of(newest(nameOrChannel));
        }
        for (ModelId id : ids) {
            if (!exists(id)) {
                throw new ModelNotFoundException("the channel \"" + nameOrChannel + "\" in " + root + " points at " + id
                        + ", which does not exist; promote a version that exists to the channel; models: " + list());
            }
        }
        return ids;
    }

    private boolean exists(ModelId id) {
        return Files.isDirectory(folder(id));
    }

    private ModelId newest(String name) throws IOException {
        List<String> versions = folders.versions(name);
        if (versions.isEmpty()) {
            throw notFound(name);
        }
        return new ModelId(name, versions.get(versions.size() - 1));
    }

    private ModelNotFoundException notFound(String nameOrChannel) throws IOException {
        return new ModelNotFoundException("no model or channel \"" + nameOrChannel + "\" in " + root + "; channels: "
                + channels.read() + ", models: " + list());
    }

    /**
     * Returns all published versions, ordered by name and then from the oldest version to the newest. Folders that are
     * no version are left out and logged.
     */
    public List<ModelId> list() throws IOException {
        List<ModelId> ids = new ArrayList<>();
        for (String name : folders.models()) {
            for (String version : folders.versions(name)) {
                ids.add(new ModelId(name, version));
            }
        }
        return ids;
    }

    /** Returns the models of each channel in descending order of sample rate, sorted by the name of the channel. */
    public SortedMap<String, List<ModelId>> channels() throws IOException {
        return channels.read();
    }

    /** Returns the number after the highest numeric version of the model, or "1" for a new model. */
    public String nextVersion(String name) throws IOException {
        long highest = folders.taken(ModelNames.require("model", name)).stream()
                .mapToLong(ModelNames::number)
                .max()
                .orElse(0);
        return String.valueOf(highest + 1);
    }

    /** Returns the folder of a version, whether or not it exists. */
    public Path folder(ModelId id) {
        return root.resolve(ModelNames.require("model", id.name()))
                .resolve(ModelNames.require("version", id.version()));
    }

    /**
     * Adds a version under the id of the model. The written files are read back and validated before the version
     * becomes visible.
     *
     * @return the artifact as it was read back
     * @throws FileAlreadyExistsException when the version exists already; it remains unchanged
     * @throws IllegalArgumentException when a channel has the name of the model
     */
    public ModelArtifact publish(EnhancementModel model, Provenance provenance) throws IOException {
        Path target = folder(model.id());
        if (channels.read().containsKey(model.id().name())) {
            throw new IllegalArgumentException(
                    "a model cannot have the name of a channel: " + model.id().name());
        }
        Files.createDirectories(target.getParent());
        // Not Files.createTempDirectory: the folder would be readable only by its owner.
        Path draft = Files.createDirectory(target.resolveSibling(".draft-" + UUID.randomUUID()));
        try {
            ModelArtifact.write(model, provenance).writeTo(draft);
            ModelArtifact artifact = ModelArtifact.read(draft);
            moveIntoPlace(draft, target);
            return artifact;
        } finally {
            delete(draft);
        }
    }

    private static void moveIntoPlace(Path draft, Path target) throws IOException {
        try {
            if (Files.notExists(target)) {
                // Fails when another publisher has moved its folder here in the meantime: that one is never empty.
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } catch (FileSystemException e) {
            // How a file system says that the target exists differs: a rename onto a folder that is not empty has no
            // exception of its own.
            if (Files.exists(target)) {
                throw alreadyPublished(target, e);
            }
            throw e;
        }
        throw alreadyPublished(target, null);
    }

    private static FileAlreadyExistsException alreadyPublished(Path target, Throwable cause) {
        FileAlreadyExistsException failure = new FileAlreadyExistsException(
                target.toString(), null, "this version is published and cannot change; publish under the next version");
        failure.initCause(cause);
        return failure;
    }

    private static void delete(Path draft) throws IOException {
        if (Files.exists(draft)) {
            Files.deleteIfExists(draft.resolve(ArtifactFiles.WEIGHTS));
            Files.deleteIfExists(draft.resolve(ArtifactFiles.CARD));
            Files.delete(draft);
        }
    }

    /**
     * Makes a channel use a version, after checking that the version runs. It replaces the version that the channel had
     * for the same sample rate; the models for other rates remain, except those that do not exist any more.
     *
     * @param nameOrChannel the version to use: {@code name@version}, a name for its newest version, or another channel
     *     for the model of its highest sample rate
     * @throws IllegalArgumentException when a model has the name of the channel
     * @throws ModelNotFoundException when there is no such model
     * @throws ModelFormatException when the model cannot run
     */
    public ModelArtifact promote(String nameOrChannel, String channel) throws IOException {
        if (!folders.taken(ModelNames.require("channel", channel)).isEmpty()) {
            throw new IllegalArgumentException("a channel cannot have the name of a model: " + channel);
        }
        ModelArtifact artifact = artifact(nameOrChannel);
        SortedMap<String, List<ModelId>> all = channels.read();
        SortedMap<Integer, ModelId> byRate = new TreeMap<>(Comparator.reverseOrder());
        for (ModelId id : all.getOrDefault(channel, List.of())) {
            if (exists(id)) {
                byRate.put(card(id.toString()).sampleRateHz(), id);
            }
        }
        byRate.put(artifact.model().sampleRateHz(), artifact.model().id());
        all.put(channel, List.copyOf(byRate.values()));
        channels.write(all);
        return artifact;
    }
}
