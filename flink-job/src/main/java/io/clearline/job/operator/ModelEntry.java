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
 * A model's turn as a checkpoint keeps it: the name of the model, not its bytes.
 *
 * @param pin what names the model
 * @param fromMicros capture time of the first frames that it is for
 * @param announcedMicros when it was announced; 0 where the job began with it
 * @param folder of the store that has the bytes; empty where the checkpoint has them itself
 */
record ModelEntry(ModelPin pin, long fromMicros, long announcedMicros, String folder) {}
