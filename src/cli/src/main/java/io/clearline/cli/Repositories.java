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

import io.clearline.modelstore.ModelRepository;
import java.nio.file.Path;

/** Locates the model repository, for commands that may create it by writing to it. Stateless. */
public final class Repositories {
    private static final String PUBLISHED = "model-store/models";

    private Repositories() {}

    /** Returns the repository in a folder; for null, that of the published models. */
    public static ModelRepository at(Path folder) {
        return new ModelRepository(folder(folder));
    }

    /** Returns the folder itself; for null, that of the published models. */
    static Path folder(Path folder) {
        return folder == null ? home().resolve(PUBLISHED) : folder;
    }

    /** Returns the folder of the launcher script, or the working directory if the program runs without it. */
    public static Path home() {
        return Path.of(System.getProperty("clearline.home", ""));
    }
}
