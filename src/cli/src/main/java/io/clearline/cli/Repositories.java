package io.clearline.cli;

import io.clearline.modelstore.ModelRepository;
import java.nio.file.Path;

/** Finds the model repository for commands that may be the first to write to it. */
final class Repositories {
    private static final String PUBLISHED = "model-store/models";

    private Repositories() {}

    /** The repository in a folder; null: that of the published models. */
    static ModelRepository at(Path folder) {
        return new ModelRepository(folder == null ? home().resolve(PUBLISHED) : folder);
    }

    /** The folder of the launcher, or the working folder where there was none. */
    static Path home() {
        return Path.of(System.getProperty("clearline.home", ""));
    }
}
