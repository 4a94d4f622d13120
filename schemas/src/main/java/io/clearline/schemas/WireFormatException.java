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
package io.clearline.schemas;

import java.io.IOException;

/**
 * Thrown when bytes from the wire do not decode. The input is at fault, not the program, so callers usually write the
 * record to the dead-letter topic with {@link #reason()}.
 */
public final class WireFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final DeadReason reason;

    WireFormatException(DeadReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    WireFormatException(DeadReason reason, String message) {
        this(reason, message, null);
    }

    /** Returns NOT_SINGLE_OBJECT, UNKNOWN_SCHEMA or BROKEN. */
    public DeadReason reason() {
        return reason;
    }
}
