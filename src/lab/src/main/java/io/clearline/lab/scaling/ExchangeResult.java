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
 * What was seen of a simulated job.
 *
 * @param p50Millis from a frame's coming to Kafka until its enhanced frame is there
 * @param meanLoad share of the cores' time that was used
 * @param maxLoad the same of the busiest subtask
 * @param framesPerBuffer of the exchange between subtasks
 */
public record ExchangeResult(
        double p50Millis, double p99Millis, double meanLoad, double maxLoad, double framesPerBuffer) {}
