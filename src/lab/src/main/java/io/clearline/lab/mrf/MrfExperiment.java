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
package io.clearline.lab.mrf;

import io.clearline.training.Progress;
import io.clearline.unfolding.framework.Matrices;
import io.clearline.unfolding.framework.Tying;
import io.clearline.unfolding.framework.UnfoldedNetwork;
import io.clearline.unfolding.mrf.BeliefReadOut;
import io.clearline.unfolding.mrf.CrossEntropy;
import io.clearline.unfolding.mrf.MessageLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * Compares mean field with belief propagation in the same Markov random fields at equal depth. Each is unfolded into a
 * network with untied layers and trained through its unfolding, starting from the weights of the true model. At equal
 * depth all networks of the alpha family have the same number and shape of weights and the same receptive field. The
 * same plan gives the same numbers. Immutable.
 */
public final class MrfExperiment {
    private final MrfPlan plan;

    public MrfExperiment(MrfPlan plan) {
        this.plan = plan;
    }

    /** Runs the experiment on the calling thread and returns one result for each field, depth and alpha. */
    public List<MrfResult> run(Progress progress) {
        int networks = plan.depths().size() * plan.alphas().size();
        progress.begin("Training", (long) plan.tasks() * networks);
        List<MrfResult> results = new ArrayList<>();
        for (int number = 0; number < plan.tasks(); number++) {
            SplittableRandom random = new SplittableRandom(plan.seed() + number);
            DenoisingTask task = new DenoisingTask(plan.rows(), plan.columns(), plan.strength(), plan.noise(), random);
            DenoisingTask.Images training = task.draw(plan.trainingImages(), random);
            DenoisingTask.Images test = task.draw(plan.testImages(), random);
            MrfScore exact = MrfScore.of(task.exactProbabilities(test.observed()), test.clean());
            for (int depth : plan.depths()) {
                for (double alpha : plan.alphas()) {
                    MrfResult result = result(number, depth, alpha, task, training, test, exact);
                    results.add(result);
                    progress.step(String.format(
                            Locale.ROOT,
                            "alpha %.1f, depth %d: %.4f bits",
                            alpha,
                            depth,
                            result.trained().bits()));
                }
            }
        }
        progress.end();
        return results;
    }

    private MrfResult result(
            int number,
            int depth,
            double alpha,
            DenoisingTask task,
            DenoisingTask.Images training,
            DenoisingTask.Images test,
            MrfScore exact) {
        UnfoldedNetwork network = UnfoldedNetwork.of(
                depth, new MessageLayer(task.graph(), alpha), new BeliefReadOut(task.graph()), Tying.untied(depth + 1));
        List<DMatrixRMaj> model = Collections.nCopies(depth + 1, task.slot());
        List<DMatrixRMaj> trained = train(network, model, training);
        return new MrfResult(
                number,
                depth,
                alpha,
                score(network, model, test),
                score(network, trained, test),
                exact,
                (depth + 1) * task.graph().weights() - task.graph().edges().size());
    }

    private List<DMatrixRMaj> train(UnfoldedNetwork network, List<DMatrixRMaj> start, DenoisingTask.Images images) {
        UnfoldedTraining training = new UnfoldedTraining(network, start, plan.stepSize(), plan.steps());
        DMatrixRMaj zeroMessages = zeroMessages(network, plan.batch());
        int batches = images.clean().numCols / plan.batch();
        for (int step = 0; step < plan.steps(); step++) {
            int from = step % batches * plan.batch();
            int to = from + plan.batch();
            training.step(
                    Matrices.columns(images.observed(), from, to),
                    zeroMessages,
                    new CrossEntropy(Matrices.columns(images.clean(), from, to)));
        }
        return training.parameters();
    }

    private static MrfScore score(UnfoldedNetwork network, List<DMatrixRMaj> weights, DenoisingTask.Images test) {
        DMatrixRMaj initial = zeroMessages(network, test.observed().numCols);
        DMatrixRMaj probabilities =
                network.run(weights, test.observed(), initial).output();
        return MrfScore.of(probabilities, test.clean());
    }

    /** Returns the initial messages, which are zero. */
    private static DMatrixRMaj zeroMessages(UnfoldedNetwork network, int images) {
        BeliefReadOut readOut =
                (BeliefReadOut) network.layers().get(network.layers().size() - 1);
        return new DMatrixRMaj(readOut.graph().edges().size(), images);
    }
}
