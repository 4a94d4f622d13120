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
package io.clearline.lab.cluster;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs the main method of another class and halts the JVM when the parent process ends, even if the parent was killed.
 * No child process outlives a run.
 */
public final class ChildMain {
    private ChildMain() {}

    /**
     * Runs the main method of a class.
     *
     * @param args name of the class, then its own arguments
     */
    public static void main(String[] args) throws Throwable {
        ProcessHandle parent = ProcessHandle.current()
                .parent()
                .orElseThrow(() -> new IllegalStateException("The process that started this one is gone."));
        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
