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
package io.clearline.cli.archive;

import io.clearline.cli.audio.EnhanceSettings;
import io.clearline.dsp.Sha256;
import io.clearline.inference.model.ModelId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of an archive. Immutable.
 *
 * @param in the watched folder, with all its subfolders
 * @param out the folder of the results
 * @param container "wav" or "flac" for every result; null to keep FLAC and convert everything else to WAV
 * @param digest digest of the models and options; a result with another digest is outdated
 * @param settle time without a change after which a file is taken to be complete
 * @param once whether to end when every file is done instead of waiting for more
 * @param jobs number of files to enhance at the same time
 */
public record ArchiveSettings(
        Path in, Path out, String container, String digest, Duration settle, boolean once, int jobs) {
    /**
     * Returns a digest of everything that determines the samples of a result: the options, and the ids of the models,
     * which never change within a version.
     */
    public static String digest(List<ModelId> models, EnhanceSettings options) {
        return Sha256.of((models + " " + options).getBytes(StandardCharsets.UTF_8));
    }
}
