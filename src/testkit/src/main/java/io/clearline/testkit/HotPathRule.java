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
 * Holds code marked {@code @HotPath} to its promise, in the bytecode: no object or array is made, nothing is boxed, no
 * lambda, text concatenation, stream or iterator, and of {@link Math} only what gives the same bits on every machine.
 *
 * <p>What a marked method calls is not followed: mark that too. Exceptions are made in an unmarked method. In a marked
 * class every method counts, save constructors and initialisers.
 */
public final class HotPathRule {
    private HotPathRule() {}

    /**
     * Checks every class that was compiled to the same folder as the given one: a module's main classes.
     *
     * @throws AssertionError with one line a breach, or when no method there is marked
     */
    public static void assertKeptByTheModuleOf(Class<?> type) {
        HotPathReader reader = new HotPathReader();
        for (Path classFile : classFilesBeside(type)) {
            read(classFile, reader);
        }
        assertThat(reader.checkedMethods())
                .as("methods marked @HotPath in the module of %s", type.getName())
                .isPositive();
        assertThat(reader.breaches()).as("breaches of @HotPath").isEmpty();
    }

    /** The breaches of one class, one line each. */
    static List<String> breachesOf(Class<?> type) {
        HotPathReader reader = new HotPathReader();
        read(folderOf(type).resolve(type.getName().replace('.', '/') + ".class"), reader);
        return reader.breaches();
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
        Path place = Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException(
                    type.getName() + " comes from " + place + "; the rule checks a module's own folder of classes.");
        }
        return place;
    }

    private static void read(Path classFile, HotPathReader reader) {
        try {
            new ClassReader(Files.readAllBytes(classFile)).accept(reader, ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + classFile, e);
        }
    }
}
