package io.clearline.testkit.cluster;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/** Runs another class's main method and ends with the process that started it, however that one ended: nothing is left behind. */
public final class ChildMain {
    private ChildMain() {}

    /** First argument: the class; the rest is its own. */
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
