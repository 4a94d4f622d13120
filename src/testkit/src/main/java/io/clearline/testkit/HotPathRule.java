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
package io.clearline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;

/**
 * An architecture rule that checks the bytecode of code annotated with {@code @HotPath}. Such code must not allocate
 * objects or arrays, box, or use lambdas, string concatenation, streams or iterators. Of {@link Math} it may call only
 * methods with the same result on every machine.
 *
 * <p>The rule does not follow calls, so annotate the called methods as well. Create exceptions in a method without the
 * annotation. If a class is annotated, the rule applies to all of its methods except constructors and initialisers.
 * Stateless.
 */
public final class HotPathRule {
    private HotPathRule() {}

    /**
     * Checks every class that was compiled to the same folder as the given class, usually the main classes of a module.
     *
     * @throws AssertionError if there is a violation (one per line of the message), or if no method is annotated
     */
    public static void assertKeptByTheModuleOf(Class<?> type) {
        HotPathReader reader = new HotPathReader();
        for (Path classFile : classFilesBeside(type)) {
            read(classFile, reader);
        }
        assertThat(reader.checkedMethods())
                .as("methods annotated with @HotPath in the module of %s", type.getName())
                .isPositive();
        assertThat(reader.violations()).as("violations of @HotPath").isEmpty();
    }

    /** Returns the violations of one class, one per line. */
    static List<String> violationsOf(Class<?> type) {
        HotPathReader reader = new HotPathReader();
        read(folderOf(type).resolve(type.getName().replace('.', '/') + ".class"), reader);
        return reader.violations();
    }

    private static List<Path> classFilesBeside(Class<?> type) {
        try (Stream<Path> files = Files.walk(folderOf(type))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the classes beside " + type.getName(), e);
        }
    }

    private static Path folderOf(Class<?> type) {
        Path folder = Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "Expected " + type.getName() + " in a folder of compiled classes, found it in " + folder + ".");
        }
        return folder;
    }

    private static void read(Path classFile, HotPathReader reader) {
        try {
            new ClassReader(Files.readAllBytes(classFile)).accept(reader, ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + classFile, e);
        }
    }
}
