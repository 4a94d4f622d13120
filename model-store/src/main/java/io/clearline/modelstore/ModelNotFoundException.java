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
package io.clearline.modelstore;

import java.io.IOException;

/** Signals that no model or channel has the requested name. The message lists the existing ones. */
public final class ModelNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    ModelNotFoundException(String message) {
        super(message);
    }
}
