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
 * Whether the job's topics are there and take the largest records that it writes. A broker refuses one that is larger
 * each time that the job starts again, so this is looked at before it starts.
 */
final class TopicRoom {
    private static final Logger LOGGER = LoggerFactory.getLogger(TopicRoom.class);
    /** Events and estimates: ids and details are bounded far below. */
    private static final int SMALL_RECORD_BYTES = 8 << 10;

    private TopicRoom() {}

    /**
     * Looks at the topics as far as Kafka lets this user, and makes those that are missing beside the input. A Kafka
     * that does not answer is left to the job, which waits for it.
     *
     * @throws IllegalArgumentException that names the topics that take less, and what to set
     */
    static void require(JobSettings settings) {
        Map<String, Integer> largest = largestRecords(settings);
        try {
            List<String> made =
                    KafkaAccess.completeTopics(settings.bootstrapServers(), settings.kafka(), settings.topics());
            if (!made.isEmpty()) {
                LOGGER.info("Created topics that were missing: {}", made);
            }
            requireAll(
                    largest, KafkaAccess.recordLimits(settings.bootstrapServers(), settings.kafka(), largest.keySet()));
        } catch (IOException e) {
            LOGGER.warn("Whether the topics are there and take the job's largest records is not known", e);
        }
    }

    /** The largest record that the job writes to each topic, in bytes. */
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

    /** @param limits of each topic, as far as they are known */
    static void requireAll(Map<String, Integer> largest, Map<String, Integer> limits) {
        String tooSmall = largest.entrySet().stream()
                .filter(each -> limits.getOrDefault(each.getKey(), Integer.MAX_VALUE) < each.getValue())
                .map(each -> each.getKey() + " takes " + limits.get(each.getKey()) + " and needs " + each.getValue())
                .collect(Collectors.joining("; "));
        if (!tooSmall.isEmpty()) {
            throw new IllegalArgumentException("Expected topics that take the job's largest records, in bytes: "
                    + tooSmall + ". Raise max.message.bytes of the topic; for dead letters lower "
                    + JobOptions.DEAD_LETTER_SIZE.key() + " instead if you like.");
        }
    }
}
