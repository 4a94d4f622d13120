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
 * How reading goes.
 *
 * @param connected whether Kafka answers
 * @param sinceMillis since when
 * @param message a sentence for people; empty where all is well
 * @param missingTopics topics that are not there
 * @param lagRecords records that are written and not read yet
 * @param skippedRecords records that were passed over because reading fell behind
 * @param undecodableRecords records that the console could not decode, and answers that break a limit of frames
 */
public record FeedStatus(
        boolean connected,
        long sinceMillis,
        String message,
        List<String> missingTopics,
        long lagRecords,
        long skippedRecords,
        long undecodableRecords) {}
