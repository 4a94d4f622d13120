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
package io.clearline.evaluation;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Optional;

/**
 * Checks whether Java can render text on this machine. A server may lack fonts, or the native libraries that Java needs
 * for them. Charts then fail with errors that differ between JDKs. Stateless.
 */
public final class Fonts {
    private Fonts() {}

    /** Returns why no text can be rendered, with the remedy; empty when it can. */
    public static Optional<String> missing() {
        return missing(() -> new Font(Font.SANS_SERIF, Font.PLAIN, 12)
                .getStringBounds("kHz", new FontRenderContext(null, true, true)));
    }

    static Optional<String> missing(Runnable measuring) {
        try {
            measuring.run();
            return Optional.empty();
        } catch (LinkageError | InternalError | RuntimeException e) {
            return Optional.of("Java cannot render text on this machine (" + e.getMessage()
                    + "). Install fontconfig, libfreetype6 and libharfbuzz0b (names of the Debian packages).");
        }
    }
}
