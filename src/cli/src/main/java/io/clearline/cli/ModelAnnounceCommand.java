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

import io.clearline.console.feed.ModelAnnouncer;
import io.clearline.inference.model.ModelId;
import io.clearline.modelstore.ModelRepository;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells running jobs which model a channel uses. */
@Command(
        name = "announce",
        description = {
            "Tell running jobs which models a channel uses now: they swap without a stop.",
            "To roll back: promote the old version to the channel, and announce the channel."
        })
final class ModelAnnounceCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "CHANNEL", description = "Such as live.")
    private String channel;

    @Option(
            names = "--in",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Frames captured from so many seconds from now on are enhanced with it: every stream changes over at the"
                            + " same moment, and a recovery repeats that. 0: each stream at its next frame (default:"
                            + " ${DEFAULT-VALUE}).")
    private int inSeconds;

    @Mixin
    private KafkaOptions kafka;

    private long fromMicros() {
        return inSeconds == 0 ? 0 : TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis() + 1000L * inSeconds);
    }

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        if (!repository.channels().containsKey(channel)) {
            throw new IOException(
                    "There is no channel " + channel + ". Make it: clearline model promote NAME " + channel);
        }
        List<ModelId> ids = repository.resolveAll(channel);
        kafka.requireTopics(kafka.topics().models());
        new ModelAnnouncer(kafka.clients(), repository).announce(channel, ids, fromMicros());
        System.out.println("Announced " + ids + " for " + channel + "; what becomes of it comes on "
                + kafka.topics().modelEvents());
        return 0;
    }
}
