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
 * The paper's experiment on free data: trains and scores row by row. Each row is kept when it is done; a run that was
 * stopped goes on with the next.
 */
public final class PaperExperiment {
    private final PaperPlan plan;
    private final Path corpus;
    private final Path folder;
    private final String manifestSha256;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Prepares.
     *
     * @param folder where finished rows are kept
     * @throws IOException when there is no corpus, or the folder holds rows of another plan or corpus
     */
    public PaperExperiment(PaperPlan plan, Path corpus, Path folder) throws IOException {
        this.plan = plan;
        this.corpus = corpus;
        this.folder = folder;
        CorpusManifest.read(corpus);
        manifestSha256 = Sha256.of(corpus.resolve("manifest.json"));
        Files.createDirectories(folder);
        Path identity = folder.resolve("plan.txt");
        String wanted = plan + "\ncorpus " + manifestSha256 + "\n";
        if (!Files.exists(identity)) {
            Files.writeString(identity, wanted);
        } else if (!Files.readString(identity).equals(wanted)) {
            throw new IOException("The rows in " + folder + " are of another plan or corpus (see " + identity
                    + "). Choose another folder for them, or delete it.");
        }
    }

    /**
     * Trains and scores the rows that are not there yet.
     *
     * @param mayBegin asked before each row that isn't there; what may not waits for another run
     * @param done told each row as it is done
     * @return all rows that are there, in the order of the plan
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

    /** Of the corpus' manifest, which holds the checksum of every package. */
    public String manifestSha256() {
        return manifestSha256;
    }
}
