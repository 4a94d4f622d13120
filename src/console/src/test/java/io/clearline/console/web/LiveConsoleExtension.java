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
package io.clearline.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides the tests of the page with a shared {@link LiveConsole}, because starting a browser takes longer than most
 * tests. Skips the tests when there is no browser.
 */
final class LiveConsoleExtension implements BeforeAllCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LiveConsoleExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        PageBrowser.assumePresent();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LiveConsole.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return live(context);
    }

    /** JUnit closes the shared console after the last test. */
    private static LiveConsole live(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("live", key -> start(), LiveConsole.class);
    }

    private static LiveConsole start() {
        try {
            return new LiveConsole();
        } catch (IOException e) {
            throw new UncheckedIOException("Failed to start the console for the tests of the page", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        live(context).reset();
    }
}
