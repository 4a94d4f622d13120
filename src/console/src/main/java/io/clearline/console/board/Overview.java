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
 * The figures of one second. Component names are JSON field names.
 *
 * @param timeMillis end of the second
 * @param figures figures by name: {@code in} and {@code out} in frames per second; {@code enhanced}, {@code dry} and
 *     {@code concealed} as shares of {@code out}; latency {@code p50} and {@code p99} in milliseconds; mean
 *     {@code sdrIn} and {@code sdrOut} in dB; {@code dead} letters per second; {@code streams} that are open and
 *     {@code overloaded} ones; null where a figure is undefined
 * @param streams number of streams in each status
 * @param models number of open streams that each model serves
 * @param deadByReason number of dead letters since the start, by reason
 * @param deadLetters number of dead letters since the start
 * @param newestDeadLetter number of the newest dead letter, by which a client detects new ones
 * @param newestEvent number of the newest event, by which a client detects new ones
 * @param events the newest events, newest first
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
