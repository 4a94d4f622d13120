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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EncodedKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Signs and verifies models with Ed25519. The signature of {@code card.json} is stored beside it in {@value #FILE}, as
 * 64 raw bytes. Since the card holds the checksum of the weights, the signature covers both files. Keys are in PEM
 * format. Stateless. OpenSSL can verify a signature too:
 *
 * <pre>
 *   openssl pkeyutl -verify -pubin -inkey public.pem -rawin -in card.json -sigfile card.json.sig
 * </pre>
 */
public final class ModelSignature {
    /** The name of the file with the signature, beside the card. */
    public static final String FILE = "card.json.sig";

    private static final String ALGORITHM = "Ed25519";
    private static final int SIGNATURE_BYTES = 64;
    private static final int BASE64_COLUMNS = 64;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private ModelSignature() {}

    /** Generates a key pair. */
    public static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM since 15 has " + ALGORITHM, e);
        }
    }

    /** Encodes a public key as PEM (X.509). */
    public static String toPem(PublicKey key) {
        return toPem(PUBLIC, key.getEncoded());
    }

    /** Encodes a private key as PEM (PKCS #8). */
    public static String toPem(PrivateKey key) {
        return toPem(PRIVATE, key.getEncoded());
    }

    /**
     * Decodes the public key in a PEM text.
     *
     * @throws IllegalArgumentException when the text holds no Ed25519 public key
     */
    public static PublicKey publicKey(String pem) {
        try {
            EncodedKeySpec key = new X509EncodedKeySpec(fromPem(PUBLIC, pem));
            return KeyFactory.getInstance(ALGORITHM).generatePublic(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is not an Ed25519 public key: " + e.getMessage(), e);
        }
    }

    /**
     * Decodes the private key in a PEM text.
     *
     * @throws IllegalArgumentException when the text holds no Ed25519 private key; the message does not quote the text
     */
    public static PrivateKey privateKey(String pem) {
        try {
            EncodedKeySpec key = new PKCS8EncodedKeySpec(fromPem(PRIVATE, pem));
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is not an Ed25519 private key.", e);
        }
    }

    /**
     * Validates the model in a folder and writes its signature.
     *
     * @throws ModelFormatException when the folder does not hold a model that can run
     * @throws IllegalArgumentException when the key cannot sign
     */
    public static void sign(Path folder, PrivateKey key) throws IOException {
        ModelArtifact.read(folder);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(ArtifactFiles.readCard(folder));
            Files.write(folder.resolve(FILE), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This key can't sign: " + e.getMessage(), e);
        }
    }

    /**
     * Verifies that the model in a folder was signed by the holder of a key.
     *
     * @param card the contents of the card, as already read and about to be used: reading them again would allow the
     *     file to change between check and use
     * @param key the public key of the signer
     * @throws ModelFormatException when the signature is missing, or belongs to another key or another card
     */
    public static void require(Path folder, byte[] card, PublicKey key) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(
                    file.toString(),
                    "the model is not signed, and models must be signed with the configured key",
                    "sign it: clearline model sign NAME --key FILE");
        }
        if (Files.size(file) != SIGNATURE_BYTES || !matches(card, Files.readAllBytes(file), key)) {
            throw new ModelFormatException(
                    file.toString(),
                    "the signature is not that of the configured key over this card",
                    "the model was changed after it was signed, or signed by someone else: take it from its"
                            + " source again,"
                            + " or configure the public key of its signer");
        }
    }

    private static boolean matches(byte[] card, byte[] signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(card);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // The bytes are not a well-formed signature.
            return false;
        }
    }

    private static String toPem(String what, byte[] encoded) {
        Base64.Encoder base64 = Base64.getMimeEncoder(BASE64_COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + what + "-----\n" + base64.encodeToString(encoded) + "\n-----END " + what + "-----\n";
    }

    private static byte[] fromPem(String what, String pem) {
        String begin = "-----BEGIN " + what + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + what + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "Expected a PEM file with " + begin + ". Make keys with: clearline model keygen --out DIR");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }
}
