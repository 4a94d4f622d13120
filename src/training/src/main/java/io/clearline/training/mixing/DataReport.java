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
package io.clearline.training.mixing;

import io.clearline.training.corpus.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report on the training data of a user: its amount without silence, and warnings if it is insufficient. It is
 * printed before the training starts. Immutable.
 *
 * @param lines amount of data of each kind and role
 * @param warnings problems, each with a remedy
 */
public record DataReport(List<String> lines, List<String> warnings) {
    private static final double MIN_SPEECH_MINUTES = 60;
    private static final double MIN_NOISE_MINUTES = 30;
    private static final int MIN_VOICES = 20;
    private static final int MIN_NOISES = 10;
    private static final double MIN_SOUND_SHARE = 0.5;

    /** Measures the recordings of the three roles. */
    public static DataReport of(Map<Role, Recordings> speech, Map<Role, Recordings> noise) {
        List<String> lines = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Totals voices = add("Speech", "speakers", speech, lines, warnings);
        Totals noises = add("Noise", "noises", noise, lines, warnings);
        if (voices.minutes < MIN_SPEECH_MINUTES || voices.groups < MIN_VOICES) {
            warnings.add(tooLittle("speech", voices, "speakers", MIN_SPEECH_MINUTES, MIN_VOICES)
                    + " Expect a model that works for these voices and damages others.");
        }
        if (speech.get(Role.TRAIN).size() > MIN_VOICES && speech.get(Role.TRAIN).size() == voices.groups) {
            warnings.add(
                    "Every speech file counts as a separate speaker. Put the files of each speaker into a subfolder;"
                            + " otherwise development and test scores may be of voices that were trained on.");
        }
        if (noises.minutes < MIN_NOISE_MINUTES || noises.groups < MIN_NOISES) {
            warnings.add(tooLittle("noise", noises, "noises", MIN_NOISE_MINUTES, MIN_NOISES)
                    + " Expect a model that removes only these and similar noises.");
        }
        return new DataReport(List.copyOf(lines), List.copyOf(warnings));
    }

    private static String tooLittle(String kind, Totals totals, String unit, double minutes, int groups) {
        return String.format(
                Locale.ROOT,
                "There are %.1f minutes of %s by %d %s to train on; expected at least %.0f minutes and %d %s."
                        + " Add recordings, or train on a corpus: clearline corpus fetch.",
                totals.minutes,
                kind,
                totals.groups,
                unit,
                minutes,
                groups,
                unit);
    }

    /** Amount of training data, without silence. */
    private record Totals(double minutes, int groups) {}

    private static Totals add(
            String kind, String unit, Map<Role, Recordings> byRole, List<String> lines, List<String> warnings) {
        for (Role role : Role.values()) {
            Recordings recordings = byRole.get(role);
            Recordings.Measure measure = recordings.measure();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s, %s: %d files of %d %s, %.1f minutes, of which %.1f sound",
                    kind,
                    role.name().toLowerCase(Locale.ROOT),
                    recordings.size(),
                    recordings.groups(),
                    unit,
                    measure.seconds() / 60,
                    measure.soundingSeconds() / 60));
            if (measure.soundingSeconds() < MIN_SOUND_SHARE * measure.seconds()) {
                warnings.add(kind + " to " + verb(role) + " with is mostly silent; the silence is left out. "
                        + "Check the recordings, such as " + measure.mostSilent() + ".");
            }
        }
        Recordings training = byRole.get(Role.TRAIN);
        return new Totals(training.measure().soundingSeconds() / 60, training.groups());
    }

    private static String verb(Role role) {
        return switch (role) {
            case TRAIN -> "train";
            case DEVELOPMENT -> "develop";
            case TEST -> "test";
        };
    }
}
