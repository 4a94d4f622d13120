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
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder of models: {@code <name>/<version>/} with the {@link ArtifactFiles} of each, and {@code channels.json} that
 * says which models a channel such as {@code live} uses, one for each sample rate that it serves. A published version
 * never changes; a channel moves from version to version.
 *
 * <p>A model is asked for as {@code name@version}, by a channel's name, or by its own name, which means the newest
 * version. Where one model is asked for and a channel has several, it is the one for the highest rate.
 *
 * <p>Thread-safe for reading, also while others publish: folders and the channel file appear at once or not at all.
 * Promote from one place at a time.
 */
public final class ModelRepository {

    private static final Comparator<ModelId> BY_NAME_THEN_VERSION =
            Comparator.comparing(ModelId::name).thenComparing(ModelId::version, ModelNames.OLDEST_VERSION_FIRST);

    private final Path root;
    private final Channels channels;

    /** @param root may not exist yet; publishing makes it */
    public ModelRepository(Path root) {
        this.root = root;
        this.channels = new Channels(root);
    }

    /**
     * The model of that name, channel or {@code name@version}.
     *
     * @throws ModelNotFoundException when there is none; the message tells what there is
     * @throws ModelFormatException when it is there and cannot run
     */
    public EnhancementModel load(String nameOrChannel) throws IOException {
        return artifact(nameOrChannel).model();
    }

    /** As {@link #load}, with the card. */
    public ModelArtifact artifact(String nameOrChannel) throws IOException {
        ModelId id = resolve(nameOrChannel);
        ModelArtifact artifact = ModelArtifact.read(folder(id));
        if (!artifact.card().id().equals(id)) {
            throw new ModelFormatException(
                    folder(id).resolve(ArtifactFiles.CARD).toString(),
                    "expected the card of " + id + ", found that of "
                            + artifact.card().id(),
                    "a version is published, not copied or renamed");
        }
        return artifact;
    }

    /** The card alone, without reading the weights. */
    public ModelCard card(String nameOrChannel) throws IOException {
        Path version = folder(resolve(nameOrChannel));
        return ModelCard.read(version.resolve(ArtifactFiles.CARD).toString(), ArtifactFiles.readCard(version));
    }

    /** Which version a name, channel or {@code name@version} means now. */
    public ModelId resolve(String nameOrChannel) throws IOException {
        return resolveAll(nameOrChannel).get(0);
    }

    /**
     * All models that a name, channel or {@code name@version} means now: one, or those of a channel, the highest sample
     * rate first.
     *
     * @throws ModelNotFoundException when one of them is not there
     */
    public List<ModelId> resolveAll(String nameOrChannel) throws IOException {
        List<ModelId> ids = ModelReference.isExact(nameOrChannel)
                ? List.of(ModelReference.parse(nameOrChannel))
                : channels.read().get(ModelNames.require("model or channel", nameOrChannel));
        if (ids == null) {
            ids = List.of(newest(nameOrChannel));
        }
        for (ModelId id : ids) {
            if (!Files.isDirectory(folder(id))) {
                throw notFound(nameOrChannel);
            }
        }
        return ids;
    }

    private ModelId newest(String name) throws IOException {
        List<String> versions = versions(name);
        if (versions.isEmpty()) {
            throw notFound(name);
        }
        return new ModelId(name, versions.get(versions.size() - 1));
    }

    private ModelNotFoundException notFound(String nameOrChannel) throws IOException {
        return new ModelNotFoundException("no model or channel \"" + nameOrChannel + "\" in " + root + "; channels: "
                + channels.read() + ", models: " + list());
    }

    /** Every published version, by name and from the oldest version to the newest. */
    public List<ModelId> list() throws IOException {
        List<ModelId> ids = new ArrayList<>();
        for (String name : foldersIn(root)) {
            for (String version : foldersIn(root.resolve(name))) {
                ids.add(new ModelId(name, version));
            }
        }
        ids.sort(BY_NAME_THEN_VERSION);
        return ids;
    }

    /** The channels and the versions that each uses, the highest sample rate first, by name. */
    public SortedMap<String, List<ModelId>> channels() throws IOException {
        return channels.read();
    }

    /** The version number after the highest that the model has; "1" for a new one. */
    public String nextVersion(String name) throws IOException {
        long highest = versions(ModelNames.require("model", name)).stream()
                .mapToLong(ModelNames::number)
                .max()
                .orElse(0);
        return String.valueOf(highest + 1);
    }

    /** Where a version's files lie, or would. */
    public Path folder(ModelId id) {
        return root.resolve(ModelNames.require("model", id.name()))
                .resolve(ModelNames.require("version", id.version()));
    }

    /**
     * Adds a version, named by the model's own id. What was written is read back and checked before it appears.
     *
     * @throws FileAlreadyExistsException when the version is there already; it stays as it was
     */
    public ModelArtifact publish(EnhancementModel model, Provenance provenance) throws IOException {
        Path target = folder(model.id());
        if (channels.read().containsKey(model.id().name())) {
            throw new IllegalArgumentException(
                    "a model cannot have the name of a channel: " + model.id().name());
        }
        Files.createDirectories(target.getParent());
        // Not a temporary folder of the JDK: those are closed to every other user.
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
                // A folder that another publisher moved here in between makes this move fail: it is never empty.
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            throw alreadyPublished(target, e);
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
     * Makes a channel use a version from now on, in place of the one that it had for the same sample rate, after
     * checking that the version runs. Models for other rates stay.
     *
     * @param nameOrChannel what to use: {@code name@version}, a name's newest version, or what another channel uses now
     *     for its highest rate
     */
    public ModelArtifact promote(String nameOrChannel, String channel) throws IOException {
        if (!versions(ModelNames.require("channel", channel)).isEmpty()) {
            throw new IllegalArgumentException("a channel cannot have the name of a model: " + channel);
        }
        ModelArtifact artifact = artifact(nameOrChannel);
        SortedMap<String, List<ModelId>> all = channels.read();
        SortedMap<Integer, ModelId> byRate = new TreeMap<>(Comparator.reverseOrder());
        for (ModelId id : all.getOrDefault(channel, List.of())) {
            byRate.put(card(id.toString()).sampleRateHz(), id);
        }
        byRate.put(artifact.model().sampleRateHz(), artifact.model().id());
        all.put(channel, List.copyOf(byRate.values()));
        channels.write(all);
        return artifact;
    }

    /** A model's versions, oldest first. */
    private List<String> versions(String name) throws IOException {
        List<String> versions = new ArrayList<>(foldersIn(root.resolve(name)));
        versions.sort(ModelNames.OLDEST_VERSION_FIRST);
        return versions;
    }

    /** Names of the folders that can be models or versions; drafts start with a dot and cannot. */
    private static List<String> foldersIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(ModelNames::isSafe)
                    .toList();
        }
    }
}
