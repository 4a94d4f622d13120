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
package io.clearline.gateway.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's certificate and private key in two PEM files, as certbot and cert-manager write them. Immutable.
 *
 * @param certificates the server's own first, followed by those that signed it
 * @param key in PKCS #8 without encryption ({@code BEGIN PRIVATE KEY}): RSA, EC or Ed25519
 */
record KeyPairFiles(Path certificates, Path key) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] TO_SIGN = "Whose key is it?".getBytes(StandardCharsets.US_ASCII);

    /** Returns when the newer of the two files was modified. */
    FileTime lastModified() throws IOException {
        FileTime one = Files.getLastModifiedTime(certificates);
        FileTime other = Files.getLastModifiedTime(key);
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Reads both files and checks that they belong together.
     *
     * @throws IOException if either is invalid; the message names the file and the problem
     */
    SslContext read() throws IOException {
        X509Certificate[] chain = readCertificates();
        PrivateKey privateKey = readKey(chain[0].getPublicKey());
        return SslContextBuilder.forServer(privateKey, chain)
                .sslProvider(SslProvider.JDK)
                .build();
    }

    private X509Certificate[] readCertificates() throws IOException {
        try {
            Collection<?> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificates)));
            if (!found.isEmpty()) {
                return found.toArray(X509Certificate[]::new);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(wrongCertificates(": " + e.getMessage()), e);
        }
        throw new IOException(wrongCertificates(", found none"));
    }

    private String wrongCertificates(String how) {
        return "Expected certificates in PEM (-----BEGIN CERTIFICATE-----) in " + certificates.toAbsolutePath() + how
                + ".";
    }

    private PrivateKey readKey(PublicKey publicKey) throws IOException {
        Matcher pem = PRIVATE_KEY.matcher(new String(Files.readAllBytes(key), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException("Expected a private key of PKCS #8 in PEM (-----BEGIN PRIVATE KEY-----) in "
                    + key.toAbsolutePath() + ", found none. To convert another: openssl pkcs8 -topk8 -nocrypt -in "
                    + key.getFileName() + " -out key.pem");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            PrivateKey privateKey =
                    KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            requirePair(privateKey, publicKey);
            return privateKey;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // IllegalArgumentException means invalid Base64.
            throw new IOException(
                    "The key in " + key.toAbsolutePath() + " does not belong to the first certificate in "
                            + certificates.toAbsolutePath() + ", which needs a key for " + publicKey.getAlgorithm()
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /** Signs and verifies. Without this check, a wrong key shows only in handshakes that fail for every client. */
    private static void requirePair(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm(publicKey));
        signature.initSign(privateKey);
        signature.update(TO_SIGN);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(TO_SIGN);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("they do not belong together");
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
