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
package io.clearline.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * Settings of Kafka clients that contain references to secrets instead of secrets: <code>${env:NAME}</code> is an
 * environment variable, <code>${file:PATH:KEY}</code> a key of a properties file. The Kafka client resolves them when
 * it is created. Logs, Flink's web page and the stored job graph therefore show no secret.
 *
 * <p>References are resolved where the client runs: on a cluster, on the JobManager and every TaskManager. Stateless.
 */
public final class KafkaSettings {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");
    /** An option of a login module in {@code sasl.jaas.config}: name="value", or name=value. */
    private static final Pattern LOGIN_OPTION = Pattern.compile("([\\w.]+)\\s*=\\s*\"?([^\"\\s;]*)");

    /** Names of secrets that Kafka does not declare as such: options of login modules and configuration providers. */
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)(password|secret|\\.token)$");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}:]+)}");

    /** The settings that Kafka declares as passwords. */
    private static final Set<String> SECRETS = Stream.of(
                    ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef())
            .map(ConfigDef::configKeys)
            .map(Map::values)
            .flatMap(Collection::stream)
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .collect(Collectors.toUnmodifiableSet());

    /** The job's option with the path of a properties file with client settings. */
    public static final String CONFIG_OPTION = "clearline.kafka-config";

    private KafkaSettings() {}

    /**
     * Reads a properties file in the format of Kafka's own tools. Secrets in it are replaced by references to the file.
     *
     * @throws IOException if the file cannot be read, or mixes secrets and references in one value
     */
    public static Properties read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("The Kafka settings " + file.toAbsolutePath()
                    + " can't be read. Expected a properties file with settings such as security.protocol.");
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file, reader);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not a properties file in UTF-8: " + e.getMessage(), e);
        }
    }

    /** @param file the file that the text comes from, for references and messages */
    static Properties read(Path file, Reader text) throws IOException {
        Properties settings = new Properties();
        try {
            settings.load(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a properties file: " + e.getMessage(), e);
        }
        for (String key : settings.stringPropertyNames()) {
            String value = settings.getProperty(key);
            if (holdsSecret(key, value)) {
                requireNameForReference(file, key);
                requireNoReference(file, key, value);
                settings.setProperty(key, "${file:" + file.toAbsolutePath() + ":" + key + "}");
            }
        }
        return settings;
    }

    /** Refuses a name that cannot be part of a reference, because a reference ends at the first brace. */
    private static void requireNameForReference(Path file, String key) throws IOException {
        if (key.contains("}")) {
            throw new IOException("The setting " + key + " in " + file
                    + " is named like a secret, but a secret's name must not contain a brace. Correct the line.");
        }
    }

    /** Refuses nested references: Kafka resolves a reference once and would take the inner one for the secret. */
    private static void requireNoReference(Path file, String key, String value) throws IOException {
        if (REFERENCE.matcher(value).find()) {
            throw new IOException("The setting " + key + " in " + file
                    + " contains both a secret and a reference. Give every secret in it as ${env:NAME} or"
                    + " ${file:PATH:KEY}, or none.");
        }
    }

    /**
     * Refuses plain-text secrets. Every user of a machine can read a command line, and everyone who sees the job can
     * read its options.
     *
     * @throws IllegalArgumentException if a setting contains a secret; the message names it without its value
     */
    public static void requireNoPlainSecrets(Map<String, String> settings) {
        settings.forEach((key, value) -> {
            if (holdsSecret(key, value)) {
                throw new IllegalArgumentException("The Kafka setting " + key
                        + " is a secret and would be visible. Put it into the properties file of --kafka-config or "
                        + CONFIG_OPTION
                        + ", or refer to it by ${env:NAME} or ${file:PATH:KEY}.");
            }
        });
    }

    /**
     * Refuses references to environment variables that are not set, which Kafka would take for the password itself.
     *
     * @param isSet returns whether a variable is set
     * @throws IllegalArgumentException if a variable is not set; the message names it
     */
    public static void requireVariables(Properties settings, Predicate<String> isSet) {
        for (String key : settings.stringPropertyNames()) {
            Matcher variable = VARIABLE.matcher(settings.getProperty(key));
            while (variable.find()) {
                if (!isSet.test(variable.group(1))) {
                    throw new IllegalArgumentException("The Kafka setting " + key
                            + " refers to the environment variable " + variable.group(1) + ", which is not set.");
                }
            }
        }
    }

    /** Returns the settings and, if there are references in them, the configuration providers that resolve these. */
    public static Properties resolvable(Properties settings) {
        Properties complete = new Properties();
        complete.putAll(settings);
        boolean refers = settings.stringPropertyNames().stream()
                .anyMatch(key -> REFERENCE.matcher(settings.getProperty(key)).find());
        if (refers && !settings.containsKey("config.providers")) {
            complete.setProperty("config.providers", "env,file");
            complete.setProperty("config.providers.env.class", EnvVarConfigProvider.class.getName());
            complete.setProperty("config.providers.file.class", FileConfigProvider.class.getName());
        }
        return complete;
    }

    /**
     * Returns whether a value contains a secret in plain text. It does not if it is a reference as a whole, or if every
     * password in it is a reference.
     */
    static boolean holdsSecret(String key, String value) {
        boolean secret = SECRETS.contains(key) || SECRET_NAME.matcher(key).find();
        if (!secret || value.isBlank() || REFERENCE.matcher(value).matches()) {
            return false;
        }
        Matcher option = LOGIN_OPTION.matcher(value);
        int passwords = 0;
        while (option.find()) {
            if (SECRET_NAME.matcher(option.group(1)).find()) {
                passwords++;
                if (!REFERENCE.matcher(option.group(2)).matches()) {
                    return true;
                }
            }
        }
        // A value without a recognisable password may be one as a whole.
        return passwords == 0;
    }
}
