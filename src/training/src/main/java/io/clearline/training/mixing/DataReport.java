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
 * Says before a training how much data there is, measured on what sounds, and what to expect of it. Immutable.
 *
 * @param lines what there is
 * @param warnings what is wrong or too little, each with what to do
 */
public record DataReport(List<String> lines, List<String> warnings) {
    private static final double LITTLE_SPEECH_MINUTES = 60;
    private static final double LITTLE_NOISE_MINUTES = 30;
    private static final int FEW_VOICES = 20;
    private static final int FEW_NOISES = 10;
    private static final double MOSTLY_SILENT = 0.5;

    /** Reads all recordings of the three roles, and measures them. */
    public static DataReport of(Map<Role, Recordings> speech, Map<Role, Recordings> noise) {
        List<String> lines = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Totals voices = add("Speech", "speakers", speech, lines, warnings);
        Totals noises = add("Noise", "noises", noise, lines, warnings);
        if (voices.minutes < LITTLE_SPEECH_MINUTES || voices.groups < FEW_VOICES) {
            warnings.add(little("speech", voices, "speakers", LITTLE_SPEECH_MINUTES, FEW_VOICES)
                    + " Expect a model that knows these voices and does harm to others.");
        }
        if (speech.get(Role.TRAIN).size() > FEW_VOICES && speech.get(Role.TRAIN).size() == voices.groups) {
            warnings.add(
                    "Every file of speech counts as a speaker of its own. Put the files of one speaker into a subfolder,"
                            + " or the development and test scores are of voices that were trained on.");
        }
        if (noises.minutes < LITTLE_NOISE_MINUTES || noises.groups < FEW_NOISES) {
            warnings.add(little("noise", noises, "noises", LITTLE_NOISE_MINUTES, FEW_NOISES)
                    + " Expect a model that removes these noises and few others.");
        }
        return new DataReport(List.copyOf(lines), List.copyOf(warnings));
    }

    private static String little(String kind, Totals totals, String unit, double minutes, int groups) {
        return String.format(
                Locale.ROOT,
                "There are %.1f minutes of %s by %d %s to train on; %.0f minutes and %d %s are the least that is worth"
                        + " the time. Add recordings, or train on a corpus: clearline corpus fetch.",
                totals.minutes,
                kind,
                totals.groups,
                unit,
                minutes,
                groups,
                unit);
    }

    /** What there is to train on. */
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
            if (measure.soundingSeconds() < MOSTLY_SILENT * measure.seconds()) {
                warnings.add(kind + " to " + verb(role) + " with is mostly silent; the silence is left out. "
                        + "Check these recordings, among others: " + measure.mostSilent());
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
