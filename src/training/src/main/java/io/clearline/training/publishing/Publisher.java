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
package io.clearline.training.publishing;

import io.clearline.evaluation.judge.Judge;
import io.clearline.evaluation.judge.Judgement;
import io.clearline.evaluation.judge.JudgementReport;
import io.clearline.evaluation.judge.TrialSet;
import io.clearline.inference.model.EnhancementModel;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.Provenance;
import io.clearline.training.ModelSubject;
import io.clearline.training.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates models, checks them, and publishes those that pass. Thread-confined. */
public final class Publisher {
    private final ModelRepository repository;
    private final JudgedSets sets;
    private final Judge judge;
    private final Progress progress;

    /**
     * Creates a publisher.
     *
     * @param repository receives the models
     * @param sets evaluation sets
     * @param judge computes the scores
     */
    public Publisher(ModelRepository repository, JudgedSets sets, Judge judge, Progress progress) {
        this.repository = repository;
        this.sets = sets;
        this.judge = judge;
        this.progress = progress;
    }

    /**
     * Evaluates a model on the development set and checks it. If it passes, evaluates it once on the test set and
     * publishes it, with scores and findings in its card.
     *
     * @param despite reason to publish the model even if it fails its checks; empty: it is refused
     * @throws ModelRefusedException if the model is refused; the test set has not been used then
     * @throws IOException if the model cannot be evaluated or written
     */
    public ModelArtifact publish(EnhancementModel model, Provenance provenance, Optional<String> despite)
            throws IOException {
        Judgement development = judged(model, sets.development(), "development");
        List<Finding> findings = ModelChecks.of(model, development);
        List<Finding> failed =
                findings.stream().filter(finding -> !finding.passed()).toList();
        if (!failed.isEmpty() && despite.isEmpty()) {
            throw new ModelRefusedException(model.id().toString(), failed);
        }
        Map<String, Object> scores = new LinkedHashMap<>(provenance.scores());
        scores.put("development", JudgementReport.headline(development));
        if (sets.test().isPresent()) {
            scores.put(
                    "test", JudgementReport.headline(judged(model, sets.test().get(), "test")));
        }
        scores.put("checks", findings.stream().map(Finding::toMap).toList());
        if (!failed.isEmpty()) {
            scores.put("publishedDespiteFailedChecks", despite.get());
        }
        return repository.publish(model, new Provenance(provenance.data(), provenance.recipe(), scores));
    }

    private Judgement judged(EnhancementModel model, TrialSet trials, String set) throws IOException {
        progress.begin(
                "Scoring " + model.id() + " on the " + set + " set",
                trials.labels().size());
        Judgement judgement = judge.judge(new ModelSubject(model), trials, label -> progress.step(label.name()));
        progress.end();
        return judgement;
    }
}
