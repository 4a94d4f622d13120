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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clearline.job.stream.StreamRules;
import io.clearline.kafka.DeliveryMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class JobSettingsTest {
    @Test
    void optionsOfFlinksConfigurationCountWhereTheCommandLineSaysNothing() {
        Configuration flink = Configuration.fromMap(
                Map.of("clearline.batch.width", "8", "clearline.group-id", "cluster", "parallelism.default", "3"));
        Configuration commandLine = Configuration.fromMap(Map.of("clearline.group-id", "mine"));

        Configuration merged = JobSettings.merged(flink, commandLine);

        assertThat(merged.get(JobOptions.BATCH_WIDTH)).isEqualTo(8);
        assertThat(merged.get(JobOptions.GROUP_ID)).isEqualTo("mine");
        assertThat(merged.toMap()).containsEntry("parallelism.default", "3");
    }

    @Test
    void aReplayThatAsksForNothingHasTheDefaultRules() {
        assertThat(settings("clearline.mode", "REPLAY").streamRules()).isEqualTo(StreamRules.DEFAULT);
    }

    @Test
    void aProducerThatCouldNotSendTheLargestFrameIsRefused() {
        assertThatThrownBy(() -> settings("clearline.kafka.max.request.size", "60000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max.request.size")
                .hasMessageContaining("found 60000");
        assertThatThrownBy(() -> settings("clearline.kafka.max.request.size", "1 MB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max.request.size")
                .hasMessageContaining("found '1 MB'");
    }

    @Test
    void aDeadLetterIsNeverLargerThanWhatTheProducerSends() {
        assertThat(settings("clearline.kafka.max.request.size", "100000").maxDeadLetterBytes())
                .isEqualTo(100_000);
        assertThat(settings("clearline.dead-letter.max-size", "200 kb").maxDeadLetterBytes())
                .isEqualTo(200 << 10);
    }

    @Test
    void aLiveFrameWaitsAMillisecondForOthersUnlessTheUserSaysSo() {
        assertThat(new KafkaSinks(settings("clearline.mode", "LIVE")).producerSettings())
                .containsEntry("linger.ms", "1");
        assertThat(new KafkaSinks(settings("clearline.kafka.linger.ms", "3")).producerSettings())
                .containsEntry("linger.ms", "3");
        assertThat(new KafkaSinks(settings("clearline.mode", "REPLAY")).producerSettings())
                .doesNotContainKey("linger.ms");
    }

    @Test
    void aFailedCheckpointDoesNotRestartTheJobUnlessFlinksConfigurationSaysSo() {
        Configuration defaults = configured(new Configuration());
        assertThat(defaults.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER)).isEqualTo(Integer.MAX_VALUE);
        assertThat(defaults.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(defaults.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF))
                .isEqualTo(Duration.ofSeconds(10));

        Configuration strict = new Configuration().set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        assertThat(configured(strict).get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER))
                .isEqualTo(3);
    }

    @Test
    void aJobWithoutAFolderForCheckpointsIsRefusedWithTheOptionToSet() {
        assertThatThrownBy(() -> JobEnvironment.requireCheckpointFolder(new Configuration()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execution.checkpointing.dir");
    }

    @Test
    void twoReplaysWithoutAGroupHaveTransactionsOfTheirOwn() {
        String first = new KafkaSinks(settings("clearline.mode", "REPLAY")).transactionalIdPrefix("enhanced");
        String second = new KafkaSinks(settings("clearline.mode", "REPLAY")).transactionalIdPrefix("enhanced");

        assertThat(first).isNotEqualTo(second).startsWith("clearline-");
        assertThat(second).startsWith("clearline-");
    }

    @Test
    void aReplayOfAGroupFindsTheTransactionsOfTheOneBefore() {
        for (int start = 0; start < 2; start++) {
            assertThat(new KafkaSinks(settings("clearline.group-id", "night")).transactionalIdPrefix("enhanced"))
                    .isEqualTo("night-clearline-enhanced");
        }
    }

    @Test
    void aTopicThatTakesLessThanTheJobWritesIsRefusedWithWhatToSet() {
        Map<String, Integer> largest = TopicPreflight.largestRecords(settings("clearline.mode", "LIVE"));

        assertThatThrownBy(() -> TopicPreflight.requireAll(
                        largest, Map.of("clearline.frames.dead", 100_000, "clearline.frames.enhanced", 1_048_588)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.frames.dead takes 100000 and needs 1048576")
                .hasMessageContaining("max.message.bytes")
                .hasMessageNotContaining("frames.enhanced");
    }

    @Test
    void topicsWithTheirDefaultsTakeWhatTheJobWrites() {
        Map<String, Integer> largest = TopicPreflight.largestRecords(settings("clearline.mode", "LIVE"));
        int defaultOfKafka = 1_048_588;

        TopicPreflight.requireAll(largest, Map.of("clearline.frames.dead", defaultOfKafka));
        assertThat(largest.values()).allMatch(bytes -> bytes <= defaultOfKafka);
    }

    @Test
    void aMisspeltOptionIsRefusedWithTheNearestKnownName() {
        assertThatThrownBy(() -> settings("clearline.overload.deadlin", "5 s"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.overload.deadlin (did you mean clearline.overload.deadline?)")
                .hasMessageContaining("OPTIONS.md");
        assertThatThrownBy(() -> settings("Clearline.Mode", "REPLAY"))
                .hasMessageContaining("Clearline.Mode (did you mean clearline.mode");
    }

    @Test
    void anOptionThatResemblesNoneIsRefusedWithoutAGuess() {
        assertThatThrownBy(() -> settings("clearline.utterly-different-thing", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.utterly-different-thing")
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void anUnknownOptionOfFlinksConfigurationIsRefusedToo() {
        Configuration flink =
                Configuration.fromMap(Map.of("clearline.bootstrap-servers", "localhost:9092", "clearline.bogus", "1"));

        assertThatThrownBy(() -> new JobSettings(JobSettings.merged(flink, new Configuration())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.bogus");
    }

    @Test
    void aSubmissionReportsAMisspeltOptionBeforeAnythingThatItLacksForIt() {
        String[] commandLine = {"--clearline.model-repositry", "/models"};

        assertThatThrownBy(() -> ClearlineJob.main(commandLine))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clearline.model-repositry (did you mean clearline.model-repository?)");
    }

    @Test
    void everyKnownOptionAndAnyNameForTheKafkaClientsAndForFlinkIsAccepted() {
        Configuration options = new Configuration();
        for (String name : List.of(
                JobOptions.BOOTSTRAP_SERVERS.key(),
                JobOptions.KAFKA_CONFIG.key(),
                JobOptions.MODEL_CHANNELS.key(),
                "clearline.kafka.some.future.setting",
                "execution.checkpointing.dir",
                "clearliner.other")) {
            options.setString(name, "1");
        }

        assertThatCode(() -> KnownOptions.require(options)).doesNotThrowAnyException();
    }

    private static JobSettings settings(String key, String value) {
        Configuration options = new Configuration();
        options.set(JobOptions.BOOTSTRAP_SERVERS, "localhost:9092");
        options.setString(key, value);
        return new JobSettings(options);
    }

    private static Configuration configured(Configuration given) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, given);
        JobEnvironment.configure(env, DeliveryMode.LIVE);
        return Configuration.fromMap(env.getConfiguration().toMap());
    }
}
