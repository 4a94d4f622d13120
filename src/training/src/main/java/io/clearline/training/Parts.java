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
 * Does the parts of a piece of work on all cores, each with a tool (scratch memory) that no other thread holds
 * meanwhile. A part must leave its result in a place of its own; who then adds the parts up in their order gets the
 * same bits on any number of cores.
 *
 * @param <T> the tool
 */
public final class Parts<T> {
    private final Supplier<T> newTool;
    private final ConcurrentLinkedQueue<T> idle = new ConcurrentLinkedQueue<>();

    /** @param newTool is called once for each thread that ever works, at most */
    public Parts(Supplier<T> newTool) {
        this.newTool = newTool;
    }

    /** Does the parts 0 to {@code count - 1}, in any order; returns when all are done. */
    public void run(int count, ObjIntConsumer<T> work) {
        IntStream parts = IntStream.range(0, count);
        // A parallel stream takes two threads even where there is one core, and they would drive each other's data out.
        boolean isAlone = Runtime.getRuntime().availableProcessors() == 1;
        (isAlone ? parts : parts.parallel()).forEach(part -> {
            T tool = take();
            work.accept(tool, part);
            idle.add(tool);
        });
    }

    /** A tool for work on this thread; give it back with {@link #giveBack}. */
    public T take() {
        T tool = idle.poll();
        return tool == null ? newTool.get() : tool;
    }

    /** Lets others use a tool again. */
    public void giveBack(T tool) {
        idle.add(tool);
    }
}
