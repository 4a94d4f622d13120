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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a system over a set of trials and measures its outputs. The result does not depend on the number of threads.
 * Thread-safe.
 */
public final class Judge {
    private final int threads;

    /** @param threads number of threads that enhance and measure */
    public Judge(int threads) {
        this.threads = threads;
    }

    /** Observes the progress. Called from several threads, one at a time. */
    public interface Listener {
        /** Called after each trial. */
        void judged(TrialLabel label);
    }

    /**
     * Evaluates a system.
     *
     * @throws IOException when audio cannot be read, the system fails or an output cannot be measured. There is no
     *     partial result, because figures over a subset of the trials could not be compared.
     */
    public Judgement judge(Subject subject, TrialSet trials, Listener listener) throws IOException {
        subject.prepare(trials);
        int delaySamples = Delay.samplesOf(subject, trials);
        ScoredTrial[] scored = new ScoredTrial[trials.labels().size()];
        AtomicInteger next = new AtomicInteger();
        run(() -> {
            for (int i = next.getAndIncrement(); i < scored.length; i = next.getAndIncrement()) {
                scored[i] = score(subject, trials.trial(i), delaySamples);
                synchronized (listener) {
                    listener.judged(scored[i].label());
                }
            }
            return null;
        });
        return new Judgement(
                subject.name(),
                trials.description(),
                1000.0 * delaySamples / trials.sampleRateHz(),
                Arrays.asList(scored));
    }

    private interface Work {
        Void run() throws IOException;
    }

    private void run(Work work) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Future<?>[] results = new Future<?>[threads];
            for (int i = 0; i < threads; i++) {
                results[i] = workers.submit(work::run);
            }
            for (Future<?> result : results) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The evaluation was interrupted.", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        if (cause instanceof UncheckedIOException failure) {
            return failure.getCause();
        }
        return new IOException(cause.getMessage(), cause);
    }

    private static ScoredTrial score(Subject subject, Trial trial, int delaySamples) throws IOException {
        Subject.Output output = subject.enhance(trial);
        for (float sample : output.samples()) {
            if (!Float.isFinite(sample)) {
                throw new IOException("The output of " + subject.name() + " for "
                        + trial.label().name() + " contains " + sample + "; expected finite samples.");
            }
        }
        float[] aligned = Delay.removed(output.samples(), delaySamples, trial.input().length);
        try {
            return new ScoredTrial(trial.label(), Measurements.of(trial, aligned, output.estimate()));
        } catch (IllegalArgumentException e) {
            throw new IOException(trial.label().name() + " cannot be measured: " + e.getMessage(), e);
        }
    }
}
