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

/** {@code clearline model announce}: announces a channel's models to running jobs. */
@Command(
        name = "announce",
        description = {
            "Announce the models of a channel to running jobs, which swap them without a restart.",
            "To roll back, promote the old version to the channel and announce the channel again."
        })
final class ModelAnnounceCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "CHANNEL", description = "Channel to announce, such as live.")
    private String channel;

    @Within(min = 0)
    @Option(
            names = "--in",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "Time until the swap. All streams then swap at the same capture time, and a recovery repeats that"
                            + " exactly. 0: each stream swaps at its next frame (default: ${DEFAULT-VALUE}).")
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
                    "There is no channel " + channel + ". Create it: clearline model promote NAME " + channel);
        }
        List<ModelId> ids = repository.resolveAll(channel);
        kafka.requireTopics(kafka.topics().models());
        new ModelAnnouncer(kafka.clients(), repository).announce(channel, ids, fromMicros());
        System.out.println("Announced " + ids + " for " + channel + "; jobs report the outcome to the topic "
                + kafka.topics().modelEvents());
        return 0;
    }
}
