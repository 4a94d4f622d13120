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
package io.clearline.docs;

import io.clearline.cli.Clearline;
import io.clearline.cli.Program;
import io.clearline.lab.Lab;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A command of Clearline or of its lab as a document shows it.
 *
 * @param lab whether it is one of the lab
 * @param arguments what follows the program's name
 */
record ClearlineCommand(boolean lab, List<String> arguments) {
    // Shared, because reading the annotations takes longer than parsing.
    private static final CommandLine CLEARLINE = Program.of(new Clearline(), () -> false);
    private static final CommandLine LAB = Program.of(new Lab(), () -> false);

    /** Returns the commands of Clearline in a shell text. */
    static List<ClearlineCommand> in(String text) {
        return ShellCommands.in(text).stream()
                .map(ClearlineCommand::of)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ClearlineCommand> of(List<String> words) {
        int first = 0;
        while (first < words.size() - 1 && words.get(first).matches("[A-Z_]+=.*|sudo|time|exec")) {
            first++;
        }
        String program = words.get(first).replaceFirst(".*/", "");
        boolean lab = program.equals("clearline-lab");
        return lab || program.equals("clearline")
                ? Optional.of(new ClearlineCommand(lab, words.subList(first + 1, words.size())))
                : Optional.empty();
    }

    /** Returns the program's own parser. */
    CommandLine program() {
        return lab ? LAB : CLEARLINE;
    }

    /** Returns the error of the command line; empty if it is valid. */
    Optional<String> error() {
        try {
            program().parseArgs(arguments.toArray(String[]::new));
            return Optional.empty();
        } catch (ParameterException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Returns the first unknown option or subcommand of a command line whose values may be missing or placeholders. */
    Optional<String> unknownName() {
        CommandLine command = program();
        boolean options = false;
        for (String argument : arguments) {
            if (argument.startsWith("-") && argument.length() > 1) {
                options = true;
                String name = argument.replaceFirst("=.*", "");
                if (command.getCommandSpec().findOption(name) == null) {
                    return Optional.of(name);
                }
            } else if (!options && !command.getSubcommands().isEmpty() && argument.matches("[a-z][a-z-]*")) {
                command = command.getSubcommands().get(argument);
                if (command == null) {
                    return Optional.of(argument);
                }
            }
        }
        return Optional.empty();
    }
}
