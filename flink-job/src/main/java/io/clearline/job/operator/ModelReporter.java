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

/** Receives what happens to announced models. Called on the task's thread. */
interface ModelReporter {
    /**
     * A model can't be used.
     *
     * @param name the model as name@version, or what stands for it if the name is unknown
     * @param reason explanation for people
     */
    void refused(String name, String reason);

    /**
     * A model is prepared, and takes over.
     *
     * @param fromMicros capture time from which it applies; 0 if it applies from the next frame of each stream on
     */
    void scheduled(ModelPin model, long fromMicros);

    /**
     * A model that had not taken over yet was announced again for another capture time.
     *
     * @param earlierMicros the capture time that was announced before
     * @param fromMicros the capture time from which it applies now
     */
    void rescheduled(ModelPin model, long earlierMicros, long fromMicros);

    /**
     * A model was announced again, and its takeover stays as it is.
     *
     * @param sinceMicros capture time from which the model applies
     * @param announcedForMicros capture time in the new announcement
     */
    void unchanged(ModelPin model, long sinceMicros, long announcedForMicros);

    /** A model has no takeover any more. */
    void retired(ModelPin model);
}
