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

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * A master key of 128 bits with its master salt of 112 bits (RFC 3711, 3.2.1). Immutable. Only {@link #base64} reveals
 * the secret; {@link #toString} hides it.
 */
public final class SrtpKey {
    static final int KEY_BYTES = 16;
    static final int SALT_BYTES = 14;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] keyAndSalt;

    private SrtpKey(byte[] keyAndSalt) {
        this.keyAndSalt = keyAndSalt;
    }

    /** Returns a new random key. */
    public static SrtpKey random() {
        byte[] bytes = new byte[KEY_BYTES + SALT_BYTES];
        RANDOM.nextBytes(bytes);
        return new SrtpKey(bytes);
    }

    /**
     * Parses a key in the notation of SDP and ffmpeg.
     *
     * @param base64 40 characters
     * @throws IllegalArgumentException if it is not such a key; the message does not repeat it
     */
    public static SrtpKey parse(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES + SALT_BYTES) {
            throw new IllegalArgumentException("Expected a key as base64 of 30 bytes (16 of the key, 14 of the salt),"
                    + " found " + base64.length() + " characters of another kind.");
        }
        return new SrtpKey(bytes);
    }

    /** Returns the secret in the notation of SDP and ffmpeg. */
    public String base64() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    byte[] key() {
        return Arrays.copyOf(keyAndSalt, KEY_BYTES);
    }

    byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, KEY_BYTES, KEY_BYTES + SALT_BYTES);
    }

    @Override
    public String toString() {
        return "SrtpKey (hidden)";
    }
}
