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

import io.clearline.inference.kernel.Kernels;
import picocli.CommandLine.IVersionProvider;

/**
 * The text of {@code --version}: the version of Clearline, the Java runtime and the kernel. Scripts and health checks
 * call it often, so it opens no log and avoids lambdas and string concatenation, whose bootstrap would take a starting
 * JVM longer than the rest of this class.
 */
public final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionText.class.getPackage().getImplementationVersion();
        return new String[] {
            "clearline ".concat(version == null ? "(not packaged)" : version),
            String.join(
                    "", "java ", System.getProperty("java.runtime.version"), ", ", System.getProperty("java.vm.name")),
            "kernel ".concat(Kernels.bestName())
        };
    }
}
