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
package io.clearline.training;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs the parts of a computation in parallel on all cores. Each part uses a tool (scratch memory) that no other thread
 * uses at the same time; tools are pooled. Thread-safe.
 *
 * <p>Each part must write its result to its own location. A caller that then combines the results in the order of the
 * parts gets bit-identical sums on any number of cores.
 *
 * @param <T> type of the tool
 */
public final class Parts<T> {
    private final Supplier<T> newTool;
    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();

    /** @param newTool creates a tool; called at most once for each thread that works at the same time */
    public Parts(Supplier<T> newTool) {
        this.newTool = newTool;
    }

    /** Runs the parts 0 to {@code count - 1} in any order, and returns when all are done. */
    public void run(int count, ObjIntConsumer<T> work) {
        IntStream parts = IntStream.range(0, count);
        // On one core a parallel stream still uses two threads, which would evict each other's data from the cache.
        boolean isAlone = Runtime.getRuntime().availableProcessors() == 1;
        (isAlone ? parts : parts.parallel()).forEach(part -> {
            T tool = take();
            work.accept(tool, part);
            idle.add(tool);
        });
    }

    /** Takes a tool out of the pool, or creates one. Return it with {@link #giveBack}. */
    public T take() {
        T tool = idle.poll();
        return tool == null ? newTool.get() : tool;
    }

    /** Returns a tool to the pool. */
    public void giveBack(T tool) {
        idle.add(tool);
    }
}
