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
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a program of Clearline and turns its errors into messages and exit codes: 0 for success, 1 for a failure, with
 * one sentence on standard error, and 2 for an invalid command line. Stateless.
 */
public final class Program {
    private Program() {}

    /**
     * Creates a program, executes it, and exits the JVM with its exit code.
     *
     * @param program supplies the program; called only after the standard streams are set, since the program may keep
     *     them
     */
    public static void run(Supplier<CommandLine> program, String[] args) {
        StandardError.restore();
        StandardOutput.watch();
        System.exit(program.get().execute(args));
    }

    /**
     * Returns a program, ready to execute.
     *
     * @param root the top-level command, annotated for picocli
     * @param debug returns whether a failure prints its stack trace; called after the command line has been parsed
     */
    public static CommandLine of(Object root, BooleanSupplier debug) {
        return new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new PathConverter())
                .setExecutionStrategy(Program::execute)
                .setParameterExceptionHandler((error, args) -> invalid(error))
                .setExecutionExceptionHandler((error, command, result) -> failed(error, command, debug.getAsBoolean()));
    }

    private static int execute(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        if (commands.stream().noneMatch(CommandLine::isUsageHelpRequested)) {
            NumberRanges.require(parsed);
        }
        int code = new RunLast().execute(parsed);
        CommandLine last = commands.get(commands.size() - 1);
        String name = last.getCommandSpec().root().name();
        return code == 0 ? StandardOutput.end(last.getOut(), last.getErr(), name) : code;
    }

    private static int invalid(ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr().println(error.getMessage());
        // Prints "Did you mean ...?" for a misspelt option or command.
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

    /** Returns an error as a sentence for users. Some file-system exceptions have only a path as their message. */
    private static String sentence(Exception error) {
        if (error instanceof NoSuchFileException) {
            return "File or folder not found: " + error.getMessage();
        }
        if (error instanceof FileAlreadyExistsException) {
            return "The file exists already: " + error.getMessage();
        }
        if (error instanceof AccessDeniedException) {
            return "Permission denied: " + error.getMessage();
        }
        boolean explained = error.getMessage() != null && !error.getMessage().isBlank();
        return explained
                ? error.getMessage()
                : error.getClass().getSimpleName() + "; run again with --debug for the stack trace.";
    }
}
