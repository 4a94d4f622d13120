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
package io.clearline.job;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.FuzzText;
import io.clearline.job.model.ModelFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The options of the job, one {@code name=value} a line: any text is a job graph, or an
 * {@link IllegalArgumentException}.
 */
class JobOptionsFuzzTest {
    /** What they name is read from files; {@code KafkaSettingsFuzzTest} has what stands in one of them. */
    private static final List<String> NAMING_FILES =
            List.of(JobOptions.KAFKA_CONFIG.key(), JobOptions.MODEL_PUBLIC_KEY.key());

    private static final List<ModelFiles> MODELS = List.of(new ModelFiles(new byte[0], new byte[0]));

    @FuzzTest
    void anyTextIsAJobOrARefusal(byte[] bytes) throws IOException {
        Configuration options = options(FuzzText.of(bytes));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        try {
            ClearlineJob.defineUnannounced(env, options, MODELS);
        } catch (IllegalArgumentException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("a refusal without a word", e);
            }
            return;
        }
        env.getStreamGraph();
    }

    private static Configuration options(String text) throws IOException {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            // An escape that is none: there is no such text on a command line.
            return new Configuration();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, "localhost:9092");
        for (String name : lines.stringPropertyNames()) {
            if (name.startsWith("clearline.") && !NAMING_FILES.contains(name)) {
                options.setString(name, lines.getProperty(name));
            }
        }
        return options;
    }
}
