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
package io.clearline.job.model;

/**
 * A model's turn among those of its sample rate: scheduled until its moment, in force from then on.
 *
 * @param model that takes over
 * @param fromMicros capture time of the first frames that it is for; the first model of all has none before it
 * @param announcedMicros when it was announced, by Kafka's time of the announcement; 0 where the job began with it
 */
public record Takeover(PreparedModel model, long fromMicros, long announcedMicros) {}
