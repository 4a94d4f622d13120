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

import java.nio.file.Path;
import java.util.Map;

/** Locates the folder for the persistent state of a program, by the XDG Base Directory Specification. Stateless. */
final class StateFolder {
    private StateFolder() {}

    /** Returns {@code $XDG_STATE_HOME/clearline} or, if that is not set, {@code ~/.local/state/clearline}. */
    static Path of(Map<String, String> environment, String home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        // The specification says that a relative path must be ignored.
        Path base = state.startsWith("/") ? Path.of(state) : Path.of(home, ".local", "state");
        return base.resolve("clearline");
    }
}
