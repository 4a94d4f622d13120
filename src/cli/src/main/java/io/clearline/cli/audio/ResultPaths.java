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
package io.clearline.cli.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the paths of results below an output folder. The tree below each argument is kept, FLAC files stay FLAC,
 * other files become WAV, and every result has a path of its own. Stateless.
 */
public final class ResultPaths {
    private ResultPaths() {}

    /**
     * Returns a unique path for the result of each input.
     *
     * @param container "wav" or "flac" for every result; null to keep FLAC and convert everything else to WAV
     * @return relative paths, in the order of the inputs
     */
    public static List<Path> of(List<AudioInputs.Input> inputs, String container) {
        List<Path> bare = inputs.stream()
                .map(input -> named(input.below(), container, false))
                .toList();
        // If x.wav and x.mp3 are both inputs, the result of the latter is x.mp3.wav.
        Map<Path, Integer> counts = counts(bare);
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            boolean shared = counts.get(key(bare.get(i))) > 1;
            paths.add(shared ? named(inputs.get(i).below(), container, true) : bare.get(i));
        }
        return separated(inputs, paths);
    }

    /** Prepends as many parent folders to paths that are not unique as are needed to separate them. */
    private static List<Path> separated(List<AudioInputs.Input> inputs, List<Path> paths) {
        List<Path> result = new ArrayList<>(paths);
        for (int above = 1; above <= maxDepth(inputs); above++) {
            Map<Path, Set<Path>> files = filesByPlace(inputs, result);
            List<Path> next = new ArrayList<>();
            for (int i = 0; i < result.size(); i++) {
                boolean shared = files.get(key(result.get(i))).size() > 1;
                next.add(shared ? withFoldersAbove(inputs.get(i), paths.get(i), above) : result.get(i));
            }
            result = next;
        }
        return numbered(result);
    }

    /**
     * Returns the input files of each path. A file that is given twice counts once, since folders can't separate it.
     */
    private static Map<Path, Set<Path>> filesByPlace(List<AudioInputs.Input> inputs, List<Path> places) {
        Map<Path, Set<Path>> files = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            files.computeIfAbsent(key(places.get(i)), place -> new HashSet<>())
                    .add(inputs.get(i).file().toAbsolutePath().normalize());
        }
        return files;
    }

    private static int maxDepth(List<AudioInputs.Input> inputs) {
        return inputs.stream()
                .mapToInt(input -> input.file().toAbsolutePath().normalize().getNameCount())
                .max()
                .orElse(0);
    }

    private static Path withFoldersAbove(AudioInputs.Input input, Path path, int above) {
        Path file = input.file().toAbsolutePath().normalize();
        int end = file.getNameCount() - input.below().getNameCount();
        int begin = Math.max(0, end - above);
        return end <= begin ? path : file.subpath(begin, end).resolve(path);
    }

    /** Numbers the paths that still occur repeatedly, of files that are given more than once. */
    private static List<Path> numbered(List<Path> paths) {
        Map<Path, Integer> seen = new HashMap<>();
        List<Path> result = new ArrayList<>();
        for (Path path : paths) {
            int times = seen.merge(key(path), 1, Integer::sum);
            String name = path.getFileName().toString();
            int dot = name.lastIndexOf('.');
            result.add(
                    times == 1
                            ? path
                            : path.resolveSibling(name.substring(0, dot) + "-" + times + name.substring(dot)));
        }
        return result;
    }

    private static Map<Path, Integer> counts(List<Path> paths) {
        Map<Path, Integer> counts = new HashMap<>();
        paths.forEach(path -> counts.merge(key(path), 1, Integer::sum));
        return counts;
    }

    /** Returns the path in lower case, because some file systems are case-insensitive. */
    private static Path key(Path path) {
        return Path.of(path.toString().toLowerCase(Locale.ROOT));
    }

    private static Path named(Path path, String container, boolean whole) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        String wanted = container == null ? ending.equals("flac") ? "flac" : "wav" : container;
        // The unchanged path keeps bytes of the name that are not text.
        if (ending.equals(wanted)) {
            return path;
        }
        return path.resolveSibling((whole || dot < 1 ? name : name.substring(0, dot)) + "." + wanted);
    }
}
