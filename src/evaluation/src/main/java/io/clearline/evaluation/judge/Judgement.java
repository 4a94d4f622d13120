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
package io.clearline.evaluation.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What came out for one system.
 *
 * @param subject as reports call it
 * @param trialSet where the trials come from
 * @param delayMillis by how much the output came late; it was aligned before it was measured
 * @param trials in the order of their set
 */
public record Judgement(String subject, Map<String, Object> trialSet, double delayMillis, List<ScoredTrial> trials) {
    /** Up to here a mixture counts for the headline figures; beyond it there is little to gain. */
    private static final double HIGHEST_NOISY_SNR_DB = 12;

    public Judgement {
        trials = List.copyOf(trials);
    }

    /** Trials of one kind. */
    public List<ScoredTrial> of(TrialKind kind) {
        return only(label -> label.kind() == kind);
    }

    /** The mixtures of the headline figures: -6 to 9 dB, or whatever SNR a folder has below 12 dB. */
    public List<ScoredTrial> noisyMixtures() {
        return only(label -> label.kind() == TrialKind.MIXTURE && !isMild(label));
    }

    /** The mixtures with little noise, 15 and 20 dB, where a system may do more harm than good. */
    public List<ScoredTrial> mildMixtures() {
        return only(label -> label.kind() == TrialKind.MIXTURE && isMild(label));
    }

    private static boolean isMild(TrialLabel label) {
        return label.snrDb() > HIGHEST_NOISY_SNR_DB;
    }

    private List<ScoredTrial> only(Predicate<TrialLabel> wanted) {
        return trials.stream().filter(trial -> wanted.test(trial.label())).toList();
    }

    /** Mixtures by what a label says, in its order; those that say nothing stay out. */
    public static <K extends Comparable<K>> Map<K, List<ScoredTrial>> by(
            List<ScoredTrial> trials, Function<TrialLabel, K> key) {
        Map<K, List<ScoredTrial>> groups = new TreeMap<>();
        for (ScoredTrial trial : trials) {
            K group = key.apply(trial.label());
            if (group != null) {
                groups.computeIfAbsent(group, any -> new ArrayList<>()).add(trial);
            }
        }
        return groups;
    }

    /**
     * The other system's same trial beside each of this one's: values are this less that.
     *
     * @throws IllegalArgumentException when no trial of the two has one name, voice, noise and SNR
     */
    public Judgement minus(Judgement other) {
        Map<TrialLabel, ScoredTrial> others = new HashMap<>();
        other.trials.forEach(trial -> others.put(trial.label(), trial));
        List<ScoredTrial> differences = trials.stream()
                .filter(trial -> others.containsKey(trial.label()))
                .map(trial -> trial.minus(others.get(trial.label())))
                .toList();
        if (differences.isEmpty()) {
            throw new IllegalArgumentException("Expected two judgements of the same trials, found none in common: "
                    + trialSet + " and " + other.trialSet + ". Judge both systems by one corpus, split and rate.");
        }
        return new Judgement(
                subject + " less " + other.subject, trialSet, delayMillis - other.delayMillis, differences);
    }
}
