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

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The main class of the command line. The exit code is 0 for success, 1 for a failure, whose reason is on standard
 * error, and 2 for an invalid command line.
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
        exitCodeList = {"0:done", "1:failed; the reason is on standard error", "2:the command line is invalid"},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            JobCommand.class,
            GatewayCommand.class,
            IngestCommand.class,
            EgressCommand.class,
            ConsoleCommand.class,
            SendCommand.class,
            ReceiveCommand.class,
            EnhanceCommand.class,
            ArchiveCommand.class,
            ScoreCommand.class,
            VerifyCommand.class,
            ModelCommand.class,
            TrainCommand.class,
            CorpusCommand.class,
            TopicsCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class Clearline implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", description = "Print the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // Without loading the commands this takes a fifth of the time.
            for (String line : new VersionText().getVersion()) {
                System.out.println(line);
            }
            if (System.out.checkError()) {
                StandardError.restore();
                System.err.println("clearline: Standard output can't be written; the version is lost.");
                System.exit(1);
            }
            return;
        }
        Program.run(Clearline::commandLine, args);
    }

    /** Returns the command line, ready to execute. */
    static CommandLine commandLine() {
        Clearline clearline = new Clearline();
        return Program.of(clearline, () -> clearline.debug);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
