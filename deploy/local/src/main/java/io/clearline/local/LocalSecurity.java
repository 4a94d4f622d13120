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
package io.clearline.local;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The TLS certificate and the users of an embedded broker: a self-signed certificate for localhost, random passwords,
 * and for each user a properties file with client settings that every Kafka tool accepts. The files are created once
 * and reused afterwards. Immutable.
 */
public final class LocalSecurity {
    /** The super user. */
    public static final String ADMIN = "admin";
    /** The user of the job. */
    public static final String JOB = "job";
    /** The user of gateways: writes raw frames, reads the results and announces models. */
    public static final String GATEWAY = "gateway";
    /** A user who may connect and has no ACLs. */
    public static final String GUEST = "guest";

    private static final List<String> USERS = List.of(ADMIN, JOB, GATEWAY, GUEST);
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String KEYSTORE_PASSWORD = "keystore";
    private static final int PASSWORD_BYTES = 16;

    private final Path folder;
    private final Properties passwords;

    private LocalSecurity(Path folder, Properties passwords) {
        this.folder = folder;
        this.passwords = passwords;
    }

    /** Returns the security whose files are in a folder, and creates these if they are missing. */
    public static LocalSecurity in(Path folder) throws IOException {
        Path file = folder.resolve("passwords.properties");
        Properties passwords = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                passwords.load(reader);
            }
            return new LocalSecurity(folder, passwords);
        }
        Files.createDirectories(folder);
        SecureRandom random = new SecureRandom();
        for (String each : List.of(ADMIN, JOB, GATEWAY, GUEST, KEYSTORE_PASSWORD)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            random.nextBytes(bytes);
            passwords.setProperty(each, HexFormat.of().formatHex(bytes));
        }
        LocalSecurity security = new LocalSecurity(folder, passwords);
        security.createCertificate();
        for (String user : USERS) {
            security.write(security.clientFile(user), security.clientSettings(user));
        }
        // Written last, because its existence marks the other files as complete.
        security.write(file, passwords);
        return security;
    }

    /** Returns the properties file with the client settings of a user. */
    public Path clientFile(String user) {
        return folder.resolve(user + ".properties").toAbsolutePath();
    }

    /** Returns all passwords, for tests that no log contains them. */
    public List<String> secrets() {
        return passwords.values().stream().map(Object::toString).toList();
    }

    /**
     * Returns the settings of the broker for {@link EmbeddedKafka}. Clients authenticate by SCRAM over TLS, the
     * controller by its certificate.
     */
    Map<String, String> brokerSettings(int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "SASL_SSL://localhost:" + port + ",CONTROLLER://localhost:CONTROLLER_PORT");
        settings.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:SSL");
        settings.put("security.inter.broker.protocol", "SASL_SSL");
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
        settings.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", jaas(ADMIN));
        settings.put("listener.name.controller.ssl.client.auth", "required");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", keystore().toString());
        settings.put("ssl.keystore.password", passwords.getProperty(KEYSTORE_PASSWORD));
        settings.put("ssl.key.password", passwords.getProperty(KEYSTORE_PASSWORD));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate().toString());
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:" + ADMIN + ";User:CN=localhost");
        return settings;
    }

    /** Returns the users in the syntax with which a broker's folder is formatted. */
    List<String> scramUsers() {
        return USERS.stream()
                .map(user -> MECHANISM + "=[name=" + user + ",password=" + passwords.getProperty(user) + "]")
                .toList();
    }

    private Properties clientSettings(String user) {
        Properties settings = new Properties();
        settings.setProperty("security.protocol", "SASL_SSL");
        settings.setProperty("sasl.mechanism", MECHANISM);
        settings.setProperty("sasl.jaas.config", jaas(user));
        settings.setProperty("ssl.truststore.type", "PEM");
        settings.setProperty("ssl.truststore.location", certificate().toString());
        return settings;
    }

    private String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + passwords.getProperty(user) + "\";";
    }

    private Path keystore() {
        return folder.resolve("broker.p12").toAbsolutePath();
    }

    private Path certificate() {
        return folder.resolve("certificate.pem").toAbsolutePath();
    }

    private void createCertificate() throws IOException {
        keytool("-genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1"
                + " -validity 3650");
        keytool("-exportcert -rfc -file " + certificate());
    }

    /** Runs keytool, because the JDK has no public API that creates certificates. */
    private void keytool(String arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-alias", "broker", "-keystore", keystore().toString(), "-storetype", "PKCS12"));
        // By the environment, because every user of the machine can read the arguments.
        command.addAll(List.of("-storepass:env", "KEYSTORE_PASSWORD"));
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put("KEYSTORE_PASSWORD", passwords.getProperty(KEYSTORE_PASSWORD));
        Process process = keytool.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool can't create a certificate in " + folder + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while creating a certificate", e);
        }
    }

    private void write(Path file, Properties properties) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
