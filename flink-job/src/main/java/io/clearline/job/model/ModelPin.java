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

import io.clearline.inference.model.ModelId;
import java.io.Serializable;

/**
 * Identifies a published model by its names and checksums, without its bytes. State and announcements refer to models
 * in this way. Immutable.
 *
 * @param name name of the model
 * @param version version of the model
 * @param sampleRateHz sample rate that the model runs at
 * @param weightsSha256 SHA-256 of the safetensors file, 64 lower-case hexadecimal digits
 * @param cardSha256 SHA-256 of the card, which determines how the weights are used
 */
public record ModelPin(String name, String version, int sampleRateHz, String weightsSha256, String cardSha256)
        implements Serializable {

    /** Returns name and version. */
    public ModelId id() {
        return new ModelId(name, version);
    }

    /** Returns the model as name@version. */
    @Override
    public String toString() {
        return name + "@" + version;
    }
}
