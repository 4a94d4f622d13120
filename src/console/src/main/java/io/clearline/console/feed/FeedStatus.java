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
package io.clearline.console.feed;

import java.util.List;

/**
 * The status of {@link KafkaFeed}. Component names are JSON field names.
 *
 * @param connected whether Kafka responds
 * @param sinceMillis time since when it has been connected or disconnected
 * @param message the problem in a sentence; empty when there is none
 * @param missingTopics topics that do not exist
 * @param lagRecords consumer lag in records
 * @param skippedRecords records that were skipped because the lag was too large
 * @param undecodableRecords records that could not be decoded or broke a limit of frames
 */
public record FeedStatus(
        boolean connected,
        long sinceMillis,
        String message,
        List<String> missingTopics,
        long lagRecords,
        long skippedRecords,
        long undecodableRecords) {}
