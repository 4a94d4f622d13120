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
package io.clearline.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Converts audio files to 16 kHz mono WAV with ffmpeg. Files are converted in batches, because starting ffmpeg takes
 * longer than converting a typical file.
 */
final class AudioConverter {
    static final int SAMPLE_RATE_HZ = 16_000;

    /** Shorter files are not used as recordings. */
    static final double MIN_SECONDS = 0.2;

    private static final int WAV_HEADER_BYTES = 44;
    /** Number of files for one run of ffmpeg. */
    private static final int BATCH = 40;

    private final Path folder;

    AudioConverter(Path folder) {
        this.folder = folder;
    }

    /**
     * A file to convert.
     *
     * @param target not overwritten if it exists
     * @param maxSeconds length that is converted, from the start; null: the whole file
     */
    record Conversion(Path source, Path target, Double maxSeconds) {}

    /**
     * Converts the files whose targets do not exist yet. If a batch fails, its files are converted one by one without
     * strict error checks, so that a file with a minor fault is converted as far as possible and an undecodable file
     * does not affect others.
     *
     * @return the sources that could not be decoded
     * @throws IOException if ffmpeg is missing or a file cannot be moved
     */
    Set<Path> convert(List<Conversion> conversions) throws IOException {
        Set<Path> broken = new HashSet<>();
        List<Conversion> missing = new ArrayList<>();
        for (Conversion each : conversions) {
            if (!Files.exists(each.target)) {
                Files.createDirectories(each.target.getParent());
                missing.add(each);
            }
        }
        for (int from = 0; from < missing.size(); from += BATCH) {
            List<Conversion> batch = missing.subList(from, Math.min(from + BATCH, missing.size()));
            if (!run(batch, true)) {
                for (Conversion each : batch) {
                    if (!run(List.of(each), false)) {
                        broken.add(each.source);
                    }
                }
            }
        }
        return broken;
    }

    private boolean run(List<Conversion> batch, boolean strict) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-nostdin", "-v", "error", "-y"));
        if (strict) {
            arguments.add("-xerror");
        }
        for (Conversion each : batch) {
            if (each.maxSeconds != null) {
                arguments.addAll(List.of("-t", each.maxSeconds.toString()));
            }
            arguments.addAll(AudioEndings.inputArguments(each.source));
            arguments.addAll(List.of("-i", each.source.toString()));
        }
        for (int i = 0; i < batch.size(); i++) {
            arguments.addAll(List.of("-map", i + ":a:0", "-map_metadata", "-1", "-fflags", "+bitexact"));
            arguments.addAll(List.of("-ac", "1", "-ar", Integer.toString(SAMPLE_RATE_HZ), "-c:a", "pcm_s16le"));
            arguments.addAll(List.of("-f", "wav", partial(batch.get(i)).toString()));
        }
        try {
            Tool.FFMPEG.run(folder, arguments);
        } catch (Tool.ToolFailure e) {
            for (Conversion each : batch) {
                Files.deleteIfExists(partial(each));
            }
            return false;
        }
        for (Conversion each : batch) {
            Files.move(partial(each), each.target);
        }
        return true;
    }

    /** Returns the duration of a converted file. */
    static double seconds(Path wav) throws IOException {
        return (Files.size(wav) - WAV_HEADER_BYTES) / (double) (Short.BYTES * SAMPLE_RATE_HZ);
    }

    private static Path partial(Conversion conversion) {
        return conversion.target.resolveSibling(conversion.target.getFileName() + ".partial");
    }
}
