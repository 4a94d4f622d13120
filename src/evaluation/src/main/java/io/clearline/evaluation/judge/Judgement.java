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
 * The scores of one system on a set of trials. Immutable.
 *
 * @param subject name of the system
 * @param trialSet description of the set of trials
 * @param delayMillis delay of the output, which was removed before measuring
 * @param trials the scored trials, in the order of the set
 */
public record Judgement(String subject, Map<String, Object> trialSet, double delayMillis, List<ScoredTrial> trials) {
    /** The highest SNR of a mixture in the headline figures. Above it there is little to gain. */
    private static final double MAX_NOISY_SNR_DB = 12;

    public Judgement {
        trials = List.copyOf(trials);
    }

    /** Returns the trials of one kind. */
    public List<ScoredTrial> of(TrialKind kind) {
        return only(label -> label.kind() == kind);
    }

    /**
     * Returns the mixtures of the headline figures, up to 12 dB: -6 to 9 dB in the built-in set, any SNR in a folder.
     */
    public List<ScoredTrial> noisyMixtures() {
        return only(label -> label.kind() == TrialKind.MIXTURE && !isMild(label));
    }

    /**
     * Returns the mixtures above 12 dB: 15 and 20 dB in the built-in set. A system may do more harm than good on them.
     */
    public List<ScoredTrial> mildMixtures() {
        return only(label -> label.kind() == TrialKind.MIXTURE && isMild(label));
    }

    private static boolean isMild(TrialLabel label) {
        return label.snrDb() > MAX_NOISY_SNR_DB;
    }

    private List<ScoredTrial> only(Predicate<TrialLabel> wanted) {
        return trials.stream().filter(trial -> wanted.test(trial.label())).toList();
    }

    /**
     * Groups trials by a property of their labels, in its natural order. Omits trials for which the property is null.
     */
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
     * Returns the differences (this - other) over the trials that both have in common. Trials are matched by their
     * labels.
     *
     * @throws IllegalArgumentException when the two have no trial in common
     */
    public Judgement minus(Judgement other) {
        Map<TrialLabel, ScoredTrial> others = new HashMap<>();
        other.trials.forEach(trial -> others.put(trial.label(), trial));
        List<ScoredTrial> differences = trials.stream()
                .filter(trial -> others.containsKey(trial.label()))
                .map(trial -> trial.minus(others.get(trial.label())))
                .toList();
        if (differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected two judgements of the same trials, found none in common: " + trialSet + " and "
                            + other.trialSet + ". Evaluate both systems on the same corpus, split and rate.");
        }
        return new Judgement(
                subject + " less " + other.subject, trialSet, delayMillis - other.delayMillis, differences);
    }
}
