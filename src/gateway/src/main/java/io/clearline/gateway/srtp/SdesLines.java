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

/** Keys in a session description: its lines {@code a=crypto:} (SDES, RFC 4568). Stateless. */
public final class SdesLines {
    private static final String INLINE = "inline:";

    private SdesLines() {}

    /**
     * The keys of the first line that we take, with a new one of ours.
     *
     * @param lines what stands behind {@code a=crypto:}
     * @throws IllegalArgumentException when we take none; the message says which there were and repeats no key
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

    /** Why a line is not taken; empty when it is. */
    private static String refusal(String[] parts) {
        if (parts.length < 3 || !parts[0].matches("\\d{1,9}") || !parts[2].startsWith(INLINE)) {
            return "a line of another form";
        }
        if (!parts[1].toUpperCase(Locale.ROOT).equals(SrtpKeys.SUITE)) {
            return parts[1];
        }
        // After the key its lifetime, 2^20, which never ends a call here; a colon is a key identifier in each packet.
        if (parts[2].indexOf(':', INLINE.length()) >= 0 || parts[2].contains(";")) {
            return parts[1] + " with key identifiers";
        }
        for (int i = 3; i < parts.length; i++) {
            // Others change what a packet looks like, such as UNENCRYPTED_SRTP; those that begin with - may be ignored.
            if (!parts[i].startsWith("WSH=") && !parts[i].startsWith("-")) {
                return parts[1] + " with " + parts[i];
            }
        }
        return "";
    }
}
