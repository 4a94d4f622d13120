package io.clearline.cli;

import io.clearline.modelstore.ModelRepository;
import io.clearline.modelstore.ModelSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Signs a published model. */
@Command(name = "sign", description = "Sign a published model; jobs with the public key then take it.")
final class ModelSignCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "NAME", description = "Channel, name or name@version.")
    private String name;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "private.pem of: clearline model keygen.")
    private Path key;

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        Path folder = repository.folder(repository.resolve(name));
        ModelSignature.sign(folder, ModelSignature.privateKey(Files.readString(key)));
        System.out.println("Signed: " + folder.resolve(ModelSignature.FILE));
        return 0;
    }
}
