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

import io.clearline.cli.audio.EnhanceSettings;
import io.clearline.dsp.audio.SampleFormat;
import io.clearline.job.PassThroughSignals;
import io.clearline.job.stream.StreamRules;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of the commands that enhance files. */
final class EnhanceOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Sample format of the results: pcm8 to pcm32, float32, float64, alaw, mulaw; or their"
                    + " container: wav, flac (default: that of the file).")
    private String format;

    @Option(names = "--downmix", description = "Mix all channels to one, their mean, before enhancement.")
    private boolean downmix;

    @Within(min = 0, max = 1)
    @Option(
            names = "--strength",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Share of the enhanced signal in the result, from 0 to 1 (default: ${DEFAULT-VALUE}).")
    private float strength;

    @Within(min = 0)
    @Option(
            names = "--max-attenuation-db",
            paramLabel = "DB",
            description = "Largest attenuation of a time-frequency bin (default: 100, as in the job).")
    private float maxAttenuationDb = StreamRules.DEFAULT.maxAttenuationDb();

    @Option(
            names = "--comfort-noise-db",
            paramLabel = "DB",
            description = "Level of white noise that is added to the result, for example -70 (default: none).")
    private Float comfortNoiseDb;

    @Option(
            names = "--keep",
            defaultValue = "tones",
            description =
                    "Signals that are not enhanced: tones (DTMF, call progress, fax and modem answer tones) or none"
                            + " (default: ${DEFAULT-VALUE}).")
    private PassThroughSignals keep;

    @Option(
            names = "--encoding",
            description = "Enhance as if streamed in this encoding: one of ${COMPLETION-CANDIDATES} (default: none).")
    private Encoding encoding;

    @Mixin
    private ReadingOptions reading;

    /**
     * Returns the settings, which are the same for every file.
     *
     * @throws ParameterException if a value is out of bounds; the message names it
     */
    EnhanceSettings settings() {
        SampleFormat samples = null;
        try {
            boolean isContainer = format == null || format.matches("(?i)wav|flac");
            samples = isContainer ? null : SampleFormat.named(format);
            StreamRules rules = new StreamRules(
                            StreamRules.DEFAULT.reorderFrames(),
                            StreamRules.NO_TIMEOUT,
                            StreamRules.DEFAULT.maxGapMillis(),
                            StreamRules.DEFAULT.sdrIntervalMillis(),
                            strength,
                            maxAttenuationDb,
                            keep == PassThroughSignals.TONES)
                    .withComfortNoiseDb(comfortNoiseDb == null ? Float.NEGATIVE_INFINITY : comfortNoiseDb);
            return new EnhanceSettings(
                    reading.options(), samples, container(), downmix, encoding == null ? null : encoding.wire(), rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    (samples == null && format != null ? "Invalid value for option '--format': " : "")
                            + e.getMessage());
        }
    }

    /** Returns the container of the results, "wav" or "flac", from {@code --format}; null for that of the file. */
    String container() {
        if (format == null) {
            return null;
        }
        String lower = format.toLowerCase(Locale.ROOT);
        // FLAC stores integers only, so any other format needs WAV.
        boolean integers = lower.startsWith("pcm") || lower.startsWith("s");
        return lower.equals("flac") || lower.equals("wav") ? lower : integers ? null : "wav";
    }
}
