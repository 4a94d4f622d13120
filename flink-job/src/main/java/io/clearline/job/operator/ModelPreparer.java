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

import io.clearline.job.model.PreparedModel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares models on a background thread, one after the other, and passes each to the mailbox of the task. Across all
 * subtasks of a process, only one model is prepared at a time, because running streams need the cores.
 */
final class ModelPreparer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelPreparer.class);
    /** Held by the subtask that prepares a model. */
    private static final Semaphore CORE = new Semaphore(1);
    /** Time without work after which the thread ends. */
    private static final long IDLE_THREAD_SECONDS = 10;

    private final MailboxExecutor mailbox;
    private final ExecutorService thread;

    ModelPreparer(MailboxExecutor mailbox) {
        this.mailbox = mailbox;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ModelPreparer::daemon);
        pool.allowCoreThreadTimeOut(true);
        thread = pool;
    }

    /** Creates the background thread, with the lowest priority. */
    private static Thread daemon(Runnable work) {
        Thread daemon = new Thread(work, "clearline-model-preparation");
        daemon.setDaemon(true);
        daemon.setPriority(Thread.MIN_PRIORITY);
        return daemon;
    }

    /**
     * Prepares a model. One of the two callbacks is called on the task's thread, in the order of the calls of this
     * method.
     *
     * @param preparation reads, packs and warms up the model; called on the background thread
     * @param ready receives the model
     * @param failed receives the exception, if the preparation fails
     */
    void prepare(Callable<PreparedModel> preparation, Consumer<PreparedModel> ready, Consumer<Throwable> failed) {
        thread.execute(() -> {
            try {
                CORE.acquire();
                try {
                    PreparedModel model = preparation.call();
                    answer(() -> ready.accept(model));
                } finally {
                    CORE.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception | Error e) {
                answer(() -> failed.accept(e));
            }
        });
    }

    /** Runs a callback on the task's thread. */
    private void answer(Runnable onTaskThread) {
        try {
            mailbox.execute(onTaskThread::run, "a model is prepared");
        } catch (RejectedExecutionException e) {
            LOGGER.debug("A model was prepared after the task ended");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
