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
package io.clearline.lab.paper;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clearline.dsp.Sha256;
import io.clearline.inference.kernel.Kernel;
import io.clearline.inference.kernel.Kernels;
import io.clearline.training.Progress;
import io.clearline.training.corpus.CorpusManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The paper's experiment on free data, row by row. Each finished row is written to a file, and a later run continues
 * with the next. Thread-confined.
 */
public final class PaperExperiment {
    private final PaperPlan plan;
    private final Path corpus;
    private final Path folder;
    private final String manifestSha256;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Prepares the experiment.
     *
     * @param corpus folder of the corpus
     * @param folder folder in which finished rows are kept
     * @throws IOException if there is no corpus, or if the folder contains rows of another plan or corpus
     */
    public PaperExperiment(PaperPlan plan, Path corpus, Path folder) throws IOException {
        this.plan = plan;
        this.corpus = corpus;
        this.folder = folder;
        CorpusManifest.read(corpus);
        manifestSha256 = Sha256.of(corpus.resolve("manifest.json"));
        Files.createDirectories(folder);
        Path identity = folder.resolve("plan.txt");
        String expected = plan + "\ncorpus " + manifestSha256 + "\n";
        if (!Files.exists(identity)) {
            Files.writeString(identity, expected);
        } else if (!Files.readString(identity).equals(expected)) {
            throw new IOException("The rows in " + folder + " are of another plan or corpus, see " + identity
                    + ". Choose another folder with --work, or delete this one.");
        }
    }

    /**
     * Trains and scores the rows that are not finished yet.
     *
     * @param mayBegin decides before each of these rows whether it is run now or left for a later run
     * @param done receives each row when it is finished
     * @return all finished rows, in the order of the plan
     */
    public List<RowResult> run(Predicate<PaperRow> mayBegin, Consumer<RowResult> done, Progress progress)
            throws IOException {
        PaperData data = null;
        NmfRows nmf = null;
        DnnRows dnn = null;
        for (PaperRow row : plan.rows()) {
            if (Files.exists(fileOf(row)) || !mayBegin.test(row)) {
                continue;
            }
            if (data == null) {
                Kernel kernel = Kernels.best();
                data = PaperData.of(plan, corpus);
                nmf = new NmfRows(plan, data, kernel, folder);
                dnn = new DnnRows(plan, data, kernel);
            }
            RowResult result = row.isDnn() ? dnn.run(row, progress) : nmf.run(row, progress);
            write(row, result);
            done.accept(result);
        }
        return finished();
    }

    /** Writes atomically, so that an interrupted run leaves no partial row. */
    private void write(PaperRow row, RowResult result) throws IOException {
        Path partial = folder.resolve(row.id() + ".json.partial");
        mapper.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), result);
        Files.move(partial, fileOf(row), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<RowResult> finished() throws IOException {
        List<RowResult> results = new ArrayList<>();
        for (PaperRow row : plan.rows()) {
            if (Files.exists(fileOf(row))) {
                results.add(mapper.readValue(Files.readString(fileOf(row), StandardCharsets.UTF_8), RowResult.class));
            }
        }
        return results;
    }

    private Path fileOf(PaperRow row) {
        return folder.resolve(row.id() + ".json");
    }

    /** Returns the SHA-256 of the corpus manifest, which contains the checksum of every package. */
    public String manifestSha256() {
        return manifestSha256;
    }
}
