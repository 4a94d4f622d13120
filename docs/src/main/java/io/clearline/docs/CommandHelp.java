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
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;

/** Renders the help of every command as Markdown, from the commands themselves. Stateless. */
final class CommandHelp {
    private static final int COLUMNS = 100;

    private CommandHelp() {}

    /** Returns a section for each command, in the order of {@code clearline --help}. */
    static String markdown() {
        StringBuilder text = new StringBuilder();
        describe(Program.of(new Clearline(), () -> false), text);
        return text.toString();
    }

    private static void describe(CommandLine command, StringBuilder text) {
        // The width is fixed, so that the output does not depend on the terminal.
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(COLUMNS);
        text.append("## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```text\n");
        text.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).append("```\n\n");
        Set<CommandLine> below = new LinkedHashSet<>(command.getSubcommands().values());
        below.forEach(each -> describe(each, text));
    }
}
