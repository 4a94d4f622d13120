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
package io.clearline.console.board;

import java.util.List;
import java.util.Map;

/**
 * The figures of a second.
 *
 * @param figures by name: {@code in} and {@code out} frames a second, {@code enhanced}, {@code dry} and
 *     {@code concealed} as shares of {@code out}, {@code p50} and {@code p99} in milliseconds, {@code sdrIn} and
 *     {@code sdrOut} in dB, {@code dead} letters a second, {@code streams} open; null where there is none
 * @param streams how many are in each status
 * @param models how many open streams each model serves
 * @param newestDeadLetter number of the newest dead letter, to see that there is a new one
 * @param newestEvent number of the newest event
 */
public record Overview(
        long timeMillis,
        Map<String, Float> figures,
        Map<StreamStatus, Integer> streams,
        Map<String, Integer> models,
        Map<String, Long> deadByReason,
        long deadLetters,
        long newestDeadLetter,
        long newestEvent,
        List<SeenEvent> events) {}
