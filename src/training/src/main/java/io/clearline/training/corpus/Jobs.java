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
package io.clearline.training.corpus;

import io.clearline.training.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Runs jobs in parallel on all processors and reports their progress. Stateless. */
final class Jobs {
    private Jobs() {}

    /**
     * A job that may fail.
     *
     * @param <T> type of its result
     */
    interface Job<T> {
        T run() throws Exception;
    }

    /**
     * Runs named jobs.
     *
     * @return the results, in the order of the jobs
     * @throws IOException if a job fails or the thread is interrupted; the remaining jobs are cancelled
     */
    static <T> List<T> run(String task, Map<String, Job<T>> jobs, Progress progress) throws IOException {
        ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ExecutorCompletionService<String> done = new ExecutorCompletionService<>(processors);
            List<Future<T>> results = new ArrayList<>();
            for (Map.Entry<String, Job<T>> each : jobs.entrySet()) {
                FutureTask<T> result = new FutureTask<>(each.getValue()::run);
                results.add(result);
                done.submit(() -> {
                    result.run();
                    result.get();
                    return each.getKey();
                });
            }
            progress.begin(task, jobs.size());
            for (int i = 0; i < jobs.size(); i++) {
                progress.step(done.take().get());
            }
            progress.end();
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while building the corpus. The same command continues it.", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            processors.shutdownNow();
        }
    }

    private static IOException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof ExecutionException nested) {
            return unwrapped(nested);
        }
        return cause instanceof IOException io ? io : new IOException("Building the corpus failed: " + cause, cause);
    }
}
