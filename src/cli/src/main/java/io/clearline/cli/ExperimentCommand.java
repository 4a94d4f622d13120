package io.clearline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the experiments whose results are in the tree. */
@Command(
        name = "experiment",
        description = "Run an experiment again: train, score, and write its tables.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ExperimentPaperCommand.class, ExperimentMrfCommand.class})
final class ExperimentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Which of " + String.join(", ", spec.subcommands().keySet()) + "?");
    }
}
