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

/**
 * Signals that an artifact is not a model that can run. The message names the file, the tensor or field, the expected
 * and the actual value, and a remedy.
 */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ModelFormatException(String file, String problem, String remedy, Throwable cause) {
        super(file + ": " + problem + "; " + remedy, cause);
    }

    ModelFormatException(String file, String problem, String remedy) {
        this(file, problem, remedy, null);
    }
}
