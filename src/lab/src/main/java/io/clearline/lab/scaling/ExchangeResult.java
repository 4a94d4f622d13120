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
package io.clearline.lab.scaling;

/**
 * Result of a simulation. Immutable.
 *
 * @param p50Millis median time from the arrival of a frame in Kafka to that of its enhanced frame
 * @param p99Millis 99th percentile of the same
 * @param meanLoad mean utilisation of the cores, 0 to 1
 * @param maxLoad utilisation of the busiest core
 * @param framesPerBuffer mean number of frames in a buffer between two subtasks
 */
public record ExchangeResult(
        double p50Millis, double p99Millis, double meanLoad, double maxLoad, double framesPerBuffer) {}
