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

/** Runs jobs on all processors, in order, and shows how far they are. */
final class Jobs {
    private Jobs() {}

    /** Something to be done; it may fail. */
    interface Job<T> {
        T run() throws Exception;
    }

    /**
     * Runs named jobs.
     *
     * @return what they gave, in the order of the jobs
     * @throws IOException when one fails: the rest is given up
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
            throw new IOException("Interrupted while the corpus was made; the same command goes on.", e);
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
        return cause instanceof IOException io ? io : new IOException("The corpus can't be made: " + cause, cause);
    }
}
