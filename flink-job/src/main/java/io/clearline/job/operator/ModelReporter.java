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

/** Is told what becomes of announced models. Called on the task's thread. */
interface ModelReporter {
    /** A model can't be used. */
    void refused(String name, String reason);

    /** A model is prepared and has its turn: from a capture time on, or from each stream's next frame where it is 0. */
    void scheduled(ModelPin model, long fromMicros);

    /** A model that waited for its turn was announced again for another moment. */
    void rescheduled(ModelPin model, long earlierMicros, long fromMicros);

    /** A model was announced again and its turn stays as it is. */
    void unchanged(ModelPin model, long sinceMicros, long announcedForMicros);

    /** A model has no turn any more. */
    void retired(ModelPin model);
}
