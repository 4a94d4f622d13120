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
package io.clearline.job.operator;

import io.clearline.job.model.ModelPin;

/**
 * A takeover in a checkpoint, which refers to the model by its pin. Immutable.
 *
 * @param pin pin of the model
 * @param fromMicros capture time of the first frames that the model applies to
 * @param announcedMicros time of the announcement; 0 if the job was started with the model
 * @param folder folder of the store with the model's files; empty if they are in the checkpoint
 */
record ModelEntry(ModelPin pin, long fromMicros, long announcedMicros, String folder) {}
