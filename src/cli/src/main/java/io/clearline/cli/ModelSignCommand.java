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

/** {@code clearline model sign}: signs a published model. */
@Command(name = "sign", description = "Sign a published model, so that jobs with the public key accept it.")
final class ModelSignCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand models;

    @Parameters(paramLabel = "NAME", description = "Channel (all its models), name or name@version.")
    private String name;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Private key, private.pem from clearline model keygen.")
    private Path key;

    @Override
    public Integer call() throws IOException {
        ModelRepository repository = models.repository();
        for (ModelId id : repository.resolveAll(name)) {
            Path folder = repository.folder(id);
            ModelSignature.sign(folder, ModelSignature.privateKey(Files.readString(key)));
            System.out.println("Signed: " + folder.resolve(ModelSignature.FILE));
        }
        return 0;
    }
}
