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
package io.clearline.cli.audio;

import io.clearline.cli.audio.AudioInputs.Input;
import io.clearline.cli.audio.FileEnhancer.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Enhances many files, several at a time. A failing file does not affect the others. When the process is asked to end,
 * complete results stay, and partial ones are kept beside them as {@code NAME.partial.EXTENSION}.
 */
public final class EnhanceRun {
    private static final long STOP_TIMEOUT_SECONDS = 10;

    /** Receives the outcome of each file. It is called from several threads, but never concurrently. */
    public interface Listener {
        /** Reports a result, which is partial if the outcome is not {@linkplain Outcome#whole whole}. */
        void done(Path file, Path target, Outcome outcome);

        /** Reports a file that could not be enhanced and has no result. */
        void failed(Path file, String why);
    }

    /** A file and its result. */
    private record Work(Path file, Path target) {}

    private final Supplier<FileEnhancer> enhancers;
    private final Listener listener;
    private final ConcurrentLinkedQueue<Work> queue = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** @param enhancers creates an enhancer for each thread */
    public EnhanceRun(Function<EnhanceRun, FileEnhancer> enhancers, Listener listener) {
        this.enhancers = () -> enhancers.apply(this);
        this.listener = listener;
    }

    /** Returns whether the process was asked to end. */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Enhances all files, and returns when every file is done or has failed, or the process was asked to end.
     *
     * @param targets the file of each result, in the order of the inputs
     */
    public void run(List<Input> inputs, List<Path> targets, int threads) throws InterruptedException {
        for (int i = 0; i < inputs.size(); i++) {
            queue.add(new Work(inputs.get(i).file(), targets.get(i)));
        }
        int count = Math.max(1, Math.min(threads, inputs.size()));
        CountDownLatch ended = new CountDownLatch(count);
        Thread hook = new Thread(() -> stop(ended), "clearline-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        for (int i = 0; i < count; i++) {
            new Thread(() -> work(ended), "enhance-" + (i + 1)).start();
        }
        ended.await();
        if (!stopped) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stop(CountDownLatch ended) {
        stopped = true;
        try {
            if (!ended.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("clearline: a file did not stop in time; its partial result is lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(CountDownLatch ended) {
        try {
            FileEnhancer enhancer = null;
            for (Work work = queue.poll(); work != null && !stopped; work = queue.poll()) {
                enhancer = enhance(enhancer, work);
            }
        } finally {
            ended.countDown();
        }
    }

    /**
     * Enhances one file.
     *
     * @param before enhancer of the previous file; null if there is none, or it is unusable
     * @return the enhancer for the next file; null if a new one is needed
     */
    private FileEnhancer enhance(FileEnhancer before, Work work) {
        try {
            FileEnhancer enhancer = before == null ? enhancers.get() : before;
            if (Files.exists(work.target()) && Files.isSameFile(work.file(), work.target())) {
                throw new IOException("it would be overwritten by its own result; choose another --out");
            }
            Path partial = partial(work.target());
            Outcome outcome = enhancer.enhance(work.file(), work.target(), partial);
            synchronized (listener) {
                listener.done(work.file(), outcome.whole() ? work.target() : partial, outcome);
            }
            return enhancer;
        } catch (IOException | RuntimeException e) {
            failed(work, reason(e));
            return before;
        } catch (OutOfMemoryError e) {
            failed(
                    work,
                    "out of memory; use fewer --jobs, or a larger heap than "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MB: CLEARLINE_JAVA_OPTS=-Xmx1g");
            return null;
        } catch (Error e) {
            // If this ended the thread, its file would be missing from the report and the run would seem successful.
            failed(work, e.toString());
            return null;
        }
    }

    private void failed(Work work, String why) {
        synchronized (listener) {
            listener.failed(work.file(), why);
        }
    }

    private static Path partial(Path target) {
        String name = target.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0
                ? target.resolveSibling(name + ".partial")
                : target.resolveSibling(name.substring(0, dot) + ".partial" + name.substring(dot));
    }

    /** Returns the reason of an error in words, without the name of the file. */
    public static String reason(Exception error) {
        if (error instanceof UncheckedIOException unchecked) {
            return reason(unchecked.getCause());
        }
        if (error instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (error instanceof java.nio.file.AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        return error.getMessage() == null ? error.toString() : error.getMessage();
    }
}
