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
package io.clearline.console.web;

import java.io.IOException;
import java.net.URI;

/** Locates the gateway that enhances the audio of microphones. Thread-safe. */
public interface MicrophoneGateway {
    /**
     * The WebSocket of a gateway.
     *
     * @param uri URI of the plain protocol, such as {@code ws://127.0.0.1:8080/audio}
     * @param token bearer token of the gateway; empty for none
     */
    record Address(URI uri, String token) {}

    /**
     * Returns the address of the gateway, and starts the gateway if necessary.
     *
     * @throws IOException when the gateway cannot be started
     */
    Address address() throws IOException;
}
