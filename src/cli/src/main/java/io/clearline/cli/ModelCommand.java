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

import io.clearline.inference.model.ModelId;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code clearline model}: manages the model repository. */
@Command(
        name = "model",
        description = "List, show, calibrate, publish, sign, promote and announce models.",
        subcommands = {
            ModelCalibrateCommand.class,
            ModelPublishCommand.class,
            ModelKeygenCommand.class,
            ModelSignCommand.class,
            ModelAnnounceCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
final class ModelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model-repository",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the model repository (default: the published models).")
    private Path repository;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Missing command; expected list, show, calibrate, publish, keygen, sign, promote or announce.");
    }

    ModelRepository repository() {
        return Repositories.at(repository);
    }

    @Command(name = "list", description = "List the models and the channels that use them.")
    int list() throws IOException {
        ModelRepository models = repository();
        Map<String, List<ModelId>> channels = models.channels();
        for (ModelId id : models.list()) {
            List<String> users = channels.entrySet().stream()
                    .filter(channel -> channel.getValue().contains(id))
                    .map(Map.Entry::getKey)
                    .toList();
            String reference = id.name() + "@" + id.version();
            System.out.printf(
                    "%-24s %6d Hz  %s%n", reference, models.card(reference).sampleRateHz(), String.join(", ", users));
        }
        return 0;
    }

    @Command(name = "show", description = "Print the card of a model.")
    int show(@Parameters(paramLabel = "NAME", description = "Channel, name or name@version.") String name)
            throws IOException {
        System.out.print(repository().card(name).toJson());
        return 0;
    }

    @Command(
            name = "promote",
            description = "Assign a model to a channel, in place of the channel's model for the same sample rate.")
    int promote(
            @Parameters(paramLabel = "NAME", description = "Channel, name or name@version.") String name,
            @Parameters(paramLabel = "CHANNEL", description = "Such as live or candidate.") String channel)
            throws IOException {
        System.out.println(channel + " is now " + text(repository().promote(name, channel)));
        return 0;
    }

    static String text(ModelArtifact artifact) {
        ModelId id = artifact.model().id();
        return id.name() + "@" + id.version() + ", SHA-256 " + artifact.sha256();
    }
}
