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
 * The point in capture time from which a model applies. Immutable, except for the model.
 *
 * @param model model that takes over
 * @param fromMicros capture time of the first frames that the model applies to; irrelevant for the first model of a
 *     timeline
 * @param announcedMicros time of the announcement in Kafka; 0 if the job was started with the model
 */
public record Takeover(PreparedModel model, long fromMicros, long announcedMicros) {}
