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
package io.clearline.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How every program of Clearline treats its command line and its errors: exit code 0 when done, 1 with one sentence on
 * standard error when it failed, 2 when the command line was not understood. Stateless.
 */
public final class Program {
    private Program() {}

    /**
     * Makes a program, executes it, and ends the JVM with its exit code.
     *
     * @param program is made only when standard error is what the user sees, since it may keep that stream
     */
    public static void run(Supplier<CommandLine> program, String[] args) {
        StandardError.restore();
        System.exit(program.get().execute(args));
    }

    /**
     * A program, ready to execute.
     *
     * @param root the command at the top, annotated for picocli
     * @param debug whether a failure shows its stack trace; asked after the command line was read
     */
    public static CommandLine of(Object root, BooleanSupplier debug) {
        return new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, args) -> misunderstood(error))
                .setExecutionExceptionHandler((error, command, result) -> failed(error, command, debug.getAsBoolean()));
    }

    private static int misunderstood(ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr().println(error.getMessage());
        // "Did you mean", where something like it exists.
        UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception error, CommandLine command, boolean debug) {
        if (debug) {
            error.printStackTrace(command.getErr());
        } else {
            command.getErr().println(command.getCommandSpec().root().name() + ": " + sentence(error));
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What a person can use of an error. */
    private static String sentence(Exception error) {
        if (error instanceof NoSuchFileException) {
            return "There is no file or folder " + error.getMessage() + ".";
        }
        if (error instanceof FileAlreadyExistsException) {
            return error.getMessage() + " is there already.";
        }
        if (error instanceof AccessDeniedException) {
            return "No permission for " + error.getMessage() + ".";
        }
        boolean says = error.getMessage() != null && !error.getMessage().isBlank();
        return says
                ? error.getMessage()
                : error.getClass().getSimpleName() + "; run again with --debug to see where it came from.";
    }
}
