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

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * Restores the program's standard error. A starting JVM prints a warning about the incubator module, which no option
 * suppresses. The launcher therefore redirects standard error to the log, and passes the original one as another file
 * descriptor. Stateless.
 */
final class StandardError {
    private StandardError() {}

    /** Sets {@link System#err} to the file descriptor in {@code clearline.stderr}, if the launcher has set it. */
    static void restore() {
        Integer descriptor = Integer.getInteger("clearline.stderr");
        if (descriptor == null) {
            return;
        }
        Charset charset = Charset.forName(
                System.getProperty("stderr.encoding", Charset.defaultCharset().name()));
        try {
            System.setErr(new PrintStream(open(descriptor), true, charset));
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            System.err.println("The original standard error can't be opened: " + e);
        }
    }

    private static OutputStream open(int number) throws ReflectiveOperationException, IOException {
        try {
            Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            return new FileOutputStream(constructor.newInstance(number));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // The JDK does not allow the access. This path works for files, pipes and terminals, but not for sockets.
            return new FileOutputStream("/dev/fd/" + number);
        }
    }
}
