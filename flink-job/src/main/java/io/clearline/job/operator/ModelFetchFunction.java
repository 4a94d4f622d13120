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
package io.clearline.job.operator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * Fetches announced models asynchronously, so that a slow file system delays neither barriers nor streams. An
 * announcement whose model is being fetched is part of the checkpoint, and is fetched again after a restore.
 */
public final class ModelFetchFunction extends RichAsyncFunction<Announcement, ModelUpdate> {
    private static final long serialVersionUID = 1L;

    private final ModelFetcher fetcher;
    private transient ExecutorService threads;

    public ModelFetchFunction(ModelFetcher fetcher) {
        this.fetcher = fetcher;
    }

    @Override
    public void open(OpenContext context) {
        AtomicInteger count = new AtomicInteger();
        // Unbounded, because a file system that hangs blocks its thread. Flink limits the concurrent requests.
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "clearline-model-fetch-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void asyncInvoke(Announcement announcement, ResultFuture<ModelUpdate> result) {
        threads.execute(() -> {
            try {
                Optional<ModelUpdate> update = fetcher.fetch(announcement);
                result.complete(update.map(List::of).orElseGet(List::of));
            } catch (RuntimeException | Error e) {
                result.complete(List.of(ModelUpdate.Refused.because(place(announcement), e)));
            }
        });
    }

    @Override
    public void timeout(Announcement announcement, ResultFuture<ModelUpdate> result) {
        result.complete(List.of(new ModelUpdate.Refused(
                place(announcement),
                "The model could not be read in time. Check the file system that has it, and announce it again.")));
    }

    /** Returns what stands for the name of a model that is not known yet. */
    private static String place(Announcement announcement) {
        return "(announced at offset " + announcement.offset() + ")";
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
