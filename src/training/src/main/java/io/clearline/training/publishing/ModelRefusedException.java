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
package io.clearline.training.publishing;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown if a model fails its checks. The message lists the failed checks with their values. */
public final class ModelRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    ModelRefusedException(String model, List<Finding> failed) {
        super(model + " is not published. "
                + failed.stream().map(Finding::toString).collect(Collectors.joining("; "))
                + ". Train it longer or on more data, or publish it anyway with --despite and a reason, which its card"
                + " will contain.");
    }
}
