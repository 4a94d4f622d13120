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
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit code 0: done; 1: failed, with one sentence why on standard error; 2: not a command line we
 * understand.
 */
@Command(
        name = "clearline",
        description = "Speech enhancement for many live audio streams at once, on Kafka and Flink.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; standard error says why", "2:the command line was not understood"},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            JobCommand.class,
            SendCommand.class,
            ReceiveCommand.class,
            EnhanceCommand.class,
            ScoreCommand.class,
            VerifyCommand.class,
            ChaosCommand.class,
            RecoveryCommand.class,
            SoakCommand.class,
            ModelCommand.class,
            TrainCommand.class,
            CorpusCommand.class,
            BenchCommand.class,
            ExperimentCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Clearline implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", description = "Show where an error came from.", scope = ScopeType.INHERIT)
    private boolean debug;

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] args) {
        StandardError.restore();
        System.exit(commandLine().execute(args));
    }

    /** The program with its manners, ready to execute. */
    static CommandLine commandLine() {
        Clearline clearline = new Clearline();
        return new CommandLine(clearline)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((error, args) -> misunderstood(error))
                .setExecutionExceptionHandler((error, command, result) -> clearline.failed(error, command));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int misunderstood(ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr().println(error.getMessage());
        // "Did you mean", where something like it exists.
        UnmatchedArgumentException.printSuggestions(error, command.getErr());
        command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private int failed(Exception error, CommandLine command) {
        if (debug) {
            error.printStackTrace(command.getErr());
        } else {
            command.getErr().println("clearline: " + sentence(error));
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
