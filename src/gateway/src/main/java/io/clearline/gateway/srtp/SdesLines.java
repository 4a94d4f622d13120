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
package io.clearline.gateway.srtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses the SRTP keys from the {@code a=crypto:} lines of a session description (SDES, RFC 4568). Stateless. */
public final class SdesLines {
    private static final String INLINE = "inline:";

    private SdesLines() {}

    /**
     * Returns the key of the first supported line, together with a new key for the other direction.
     *
     * @param lines what follows {@code a=crypto:}, in the order of the description
     * @throws IllegalArgumentException if no line is supported; the message lists the suites that were found, but no
     *     key
     */
    public static SrtpKeys choose(List<String> lines) {
        List<String> refused = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.strip().split("\\s+");
            String reason = refusal(parts);
            if (reason.isEmpty()) {
                String key = parts[2].substring(INLINE.length()).split("\\|", 2)[0];
                return SrtpKeys.of(Integer.parseInt(parts[0]), SrtpKey.parse(key));
            }
            refused.add(reason);
        }
        throw new IllegalArgumentException("Expected a=crypto:TAG " + SrtpKeys.SUITE + " inline:KEY for SRTP; found "
                + (refused.isEmpty() ? "none" : String.join(", ", refused)) + ".");
    }

    /** Returns why a line is not supported; empty if it is. */
    private static String refusal(String[] parts) {
        if (parts.length < 3 || !parts[0].matches("\\d{1,9}") || !parts[2].startsWith(INLINE)) {
            return "a line of another form";
        }
        if (!parts[1].toUpperCase(Locale.ROOT).equals(SrtpKeys.SUITE)) {
            return parts[1];
        }
        // The key may be followed by its lifetime, such as 2^20 packets, which is ignored: it outlasts any call.
        // A colon means that each packet carries a key identifier, which is not supported.
        if (parts[2].indexOf(':', INLINE.length()) >= 0 || parts[2].contains(";")) {
            return parts[1] + " with key identifiers";
        }
        for (int i = 3; i < parts.length; i++) {
            // Parameters that begin with - may be ignored. Others, such as UNENCRYPTED_SRTP, change the packet format.
            if (!parts[i].startsWith("WSH=") && !parts[i].startsWith("-")) {
                return parts[1] + " with " + parts[i];
            }
        }
        return "";
    }
}
