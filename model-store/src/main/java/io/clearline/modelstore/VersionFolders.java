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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The folders of a repository that hold models and their versions. A folder is a version if its name is one and it has
 * both {@link ArtifactFiles}; any other is ignored with one warning, since it may be anybody's, or the rest of a copy
 * that was broken off. Names that begin with a dot, such as those of drafts, are ignored in silence. Thread-safe.
 */
final class VersionFolders {

    private final Path root;
    private final Consumer<String> warnings;
    private final Set<Path> warned = ConcurrentHashMap.newKeySet();

    /** @param warnings receives one sentence for each folder that is ignored */
    VersionFolders(Path root, Consumer<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    /** Returns the names that models have, including those without a version, in order. */
    List<String> models() throws IOException {
        return foldersIn(root).stream().filter(ModelNames::isSafe).sorted().toList();
    }

    /** Returns the versions of a model, oldest first. */
    List<String> versions(String model) throws IOException {
        return foldersIn(root.resolve(model)).stream()
                .filter(version -> isVersion(root.resolve(model).resolve(version), version))
                .sorted(ModelNames.OLDEST_VERSION_FIRST)
                .toList();
    }

    /** Returns every name that a new version of the model can't have, because a folder has it. */
    List<String> taken(String model) throws IOException {
        return foldersIn(root.resolve(model));
    }

    private boolean isVersion(Path folder, String name) {
        String problem = null;
        if (!ModelNames.isSafe(name)) {
            problem = "its name is not that of a version";
        } else if (!Files.isRegularFile(folder.resolve(ArtifactFiles.CARD))) {
            problem = "it has no " + ArtifactFiles.CARD;
        } else if (!Files.isRegularFile(folder.resolve(ArtifactFiles.WEIGHTS))) {
            problem = "it has no " + ArtifactFiles.WEIGHTS;
        }
        if (problem != null && warned.add(folder)) {
            warnings.accept("The folder " + folder + " is no version of a model and is ignored: " + problem
                    + ". Delete it, or publish the version again.");
        }
        return problem == null;
    }

    private static List<String> foldersIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }
}
