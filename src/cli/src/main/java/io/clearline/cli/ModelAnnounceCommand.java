package io.clearline.cli;

import io.clearline.gateway.FrameSender;
import io.clearline.modelstore.ModelArtifact;
import io.clearline.modelstore.ModelRepository;
import io.clearline.schemas.ModelAnnouncement;
import io.clearline.schemas.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells running jobs which model a channel uses. */
@Command(
        name = "announce",
        description = {
            "Tell running jobs which model a channel uses now: they swap without a stop.",
            "To roll back: promote the old version to the channel, and announce the channel."
        })
final class ModelAnnounceCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "CHANNEL", description = "Such as live.")
    private String channel;

    @Mixin
    private KafkaOptions kafka;

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        if (!repository.channels().containsKey(channel)) {
            throw new IOException(
                    "There is no channel " + channel + ". Make it: clearline model promote NAME " + channel);
        }
        ModelArtifact artifact = repository.artifact(channel);
        ModelAnnouncement announcement = new ModelAnnouncement(
                channel,
                artifact.card().name(),
                artifact.card().version(),
                repository.folder(artifact.card().id()).toUri().toString(),
                artifact.sha256());
        kafka.requireReachable();
        try (FrameSender sender =
                new FrameSender(kafka.bootstrapServers(), kafka.topics().models(), kafka.settings())) {
            sender.send(
                    channel.getBytes(StandardCharsets.UTF_8),
                    WireCodec.modelAnnouncement().encode(announcement));
            sender.flush();
        }
        System.out.println("Announced " + artifact.card().id() + " for " + channel + "; a refusal comes on "
                + kafka.topics().events());
        return 0;
    }
}
