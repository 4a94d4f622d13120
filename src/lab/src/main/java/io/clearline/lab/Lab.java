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
package io.clearline.lab;

import io.clearline.cli.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line for developers of Clearline: experiments, benchmarks, chaos, soak and recovery runs. It is not part
 * of the distribution.
 */
@Command(
        name = "clearline-lab",
        description = "Experiments, benchmarks, chaos, soak and recovery runs of Clearline.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure; see standard error", "2:invalid command line"},
        subcommands = {
            BenchCommand.class,
            ChaosCommand.class,
            SoakCommand.class,
            RecoveryCommand.class,
            ExperimentCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Lab implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", description = "Show the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.run(Lab::commandLine, args);
    }

    /** Returns a new command line, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        Lab lab = new Lab();
        return Program.of(lab, () -> lab.debug);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command; see --help.");
    }
}
