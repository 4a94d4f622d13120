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
 * What is watched, and how.
 *
 * @param in the folder with the files, to its bottom
 * @param out the folder of the results
 * @param container "wav" or "flac" for every result; null: as the file is
 * @param digest of the models and options: results of others are made again
 * @param settle a file is whole when it has not changed for so long
 * @param once ends when every file is done, in place of waiting for more
 * @param jobs files that are enhanced at the same time
 */
public record ArchiveSettings(
        Path in, Path out, String container, String digest, Duration settle, boolean once, int jobs) {
    /** Of the models, which never change under a version, and of everything that changes a sample. */
    public static String digest(List<ModelId> models, EnhanceSettings options) {
        return Sha256.of((models + " " + options).getBytes(StandardCharsets.UTF_8));
    }
}
