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

import io.clearline.kafka.KafkaAccess;
import io.clearline.kafka.Topics;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, before the job starts, that its topics exist and accept the largest records that it writes. A broker would
 * reject a larger record after every restart of the job.
 */
final class TopicPreflight {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicPreflight.class);
    /** Upper limit of events and estimates. Ids and details are limited to far less. */
    private static final int SMALL_RECORD_BYTES = 8 << 10;

    private TopicPreflight() {}

    /**
     * Checks the topics as far as the user's ACLs allow, and creates the output topics that are missing. If Kafka can't
     * be reached, the check is skipped, and the job waits for Kafka.
     *
     * @throws IllegalArgumentException if a topic accepts smaller records than the job writes; the message says what to
     *     set
     */
    static void require(JobSettings settings) {
        Map<String, Integer> largest = largestRecords(settings);
        try {
            List<String> created =
                    KafkaAccess.completeTopics(settings.bootstrapServers(), settings.kafka(), settings.topics());
            if (!created.isEmpty()) {
                LOGGER.info("Created missing topics: {}", created);
            }
            requireAll(
                    largest, KafkaAccess.recordLimits(settings.bootstrapServers(), settings.kafka(), largest.keySet()));
        } catch (IOException e) {
            LOGGER.warn("Could not check that the topics exist and accept the job's largest records", e);
        }
    }

    /** Returns the size of the largest record that the job writes to each topic, in bytes. */
    static Map<String, Integer> largestRecords(JobSettings settings) {
        Topics topics = settings.topics();
        Map<String, Integer> largest = new LinkedHashMap<>();
        largest.put(topics.enhancedFrames(), JobSettings.MIN_REQUEST_BYTES);
        largest.put(topics.deadFrames(), settings.maxDeadLetterBytes());
        largest.put(topics.sdrEstimates(), SMALL_RECORD_BYTES);
        largest.put(topics.events(), SMALL_RECORD_BYTES);
        largest.put(topics.modelEvents(), SMALL_RECORD_BYTES);
        return largest;
    }

    /**
     * Checks the limits of the topics.
     *
     * @param largest size of the largest record of each topic, in bytes
     * @param limits largest size that each topic accepts, as far as known
     */
    static void requireAll(Map<String, Integer> largest, Map<String, Integer> limits) {
        String tooSmall = largest.entrySet().stream()
                .filter(each -> limits.getOrDefault(each.getKey(), Integer.MAX_VALUE) < each.getValue())
                .map(each -> each.getKey() + " takes " + limits.get(each.getKey()) + " and needs " + each.getValue())
                .collect(Collectors.joining("; "));
        if (!tooSmall.isEmpty()) {
            throw new IllegalArgumentException("Expected topics that take the job's largest records, in bytes: "
                    + tooSmall + ". Raise max.message.bytes of the topic; for dead letters lower "
                    + JobOptions.DEAD_LETTER_SIZE.key() + " instead if you prefer.");
        }
    }
}
