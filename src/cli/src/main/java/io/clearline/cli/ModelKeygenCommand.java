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

import io.clearline.cli.audio.OutputFolder;
import io.clearline.modelstore.ModelSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clearline model keygen}: creates keys for signing models. */
@Command(name = "keygen", description = "Create an Ed25519 key pair for signing models.")
final class ModelKeygenCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for private.pem, which only the signer needs, and public.pem, which every job needs.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        OutputFolder.create(folder);
        KeyPair keys = ModelSignature.newKeys();
        Path privateKey = folder.resolve("private.pem");
        Path publicKey = folder.resolve("public.pem");
        // Fails if the file exists, because an overwritten key could not be recovered.
        Files.createFile(privateKey, ownerOnly());
        Files.writeString(privateKey, ModelSignature.toPem(keys.getPrivate()));
        Files.writeString(publicKey, ModelSignature.toPem(keys.getPublic()));
        System.out.println("Sign with   clearline model sign NAME --key " + privateKey);
        System.out.println("Require it  clearline job --option clearline.models.public-key=" + publicKey);
        return 0;
    }

    private FileAttribute<?>[] ownerOnly() throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
