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
 * Settings of the Kafka clients that hold no secret, only where each secret is: <code>${env:NAME}</code>, an
 * environment variable, or <code>${file:PATH:KEY}</code>, a key of a properties file. The Kafka client itself looks
 * there when it is made. So what is logged, shown in Flink's web page or stored in a job graph gives nothing away.
 *
 * <p>The places are looked up where the client runs: on a cluster, on every TaskManager and on the JobManager.
 */
public final class KafkaSettings {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");
    /** Of a login module in {@code sasl.jaas.config}: name="value", or name=value. */
    private static final Pattern LOGIN_OPTION = Pattern.compile("([\\w.]+)\\s*=\\s*\"?([^\"\\s;]*)");

    /** Secrets that Kafka does not know as such: those of login modules and of configuration providers. */
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)(password|secret|\\.token)$");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}:]+)}");

    private static final Set<String> SECRETS = Stream.of(
                    ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef())
            .map(ConfigDef::configKeys)
            .map(Map::values)
            .flatMap(Collection::stream)
            .filter(key -> key.type == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .collect(Collectors.toUnmodifiableSet());

    /** The job's option that names such a file. */
    public static final String CONFIG_OPTION = "clearline.kafka-config";

    private KafkaSettings() {}

    /**
     * Reads a properties file as every Kafka tool takes it. Secrets that stand in it are replaced by where they stand.
     *
     * @throws IOException when the file can't be read
     */
    public static Properties read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("The Kafka settings " + file.toAbsolutePath()
                    + " can't be read. Expected a properties file, with security.protocol and the like.");
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file, reader);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not a properties file in UTF-8: " + e.getMessage(), e);
        }
    }

    /** @param file where the text stands */
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

    /** A reference ends with the first brace, wherever that stands. */
    private static void requireNameForReference(Path file, String key) throws IOException {
        if (key.contains("}")) {
            throw new IOException("The setting " + key + " in " + file
                    + " is named like a secret, and no secret's name has a brace. Correct the line.");
        }
    }

    /** Kafka follows a reference once: what the place of a secret refers to would be taken for the secret. */
    private static void requireNoReference(Path file, String key, String value) throws IOException {
        if (REFERENCE.matcher(value).find()) {
            throw new IOException(
                    "The setting " + key + " in " + file
                            + " holds a secret beside a reference. Give every secret in it as ${env:NAME} or ${file:PATH:KEY}, or none.");
        }
    }

    /**
     * Refuses secrets given as they are: a command line is read by every user of a machine, an option by everyone who
     * sees the job.
     *
     * @throws IllegalArgumentException that names the setting, not its value
     */
    public static void requireNoPlainSecrets(Map<String, String> settings) {
        settings.forEach((key, value) -> {
            if (holdsSecret(key, value)) {
                throw new IllegalArgumentException("The Kafka setting " + key
                        + " is a secret and would be shown. Keep it in a properties file that --kafka-config or "
                        + CONFIG_OPTION
                        + " names, or say where it is: ${env:NAME} or ${file:PATH:KEY}.");
            }
        });
    }

    /**
     * Refuses references to environment variables that are not there, which Kafka would take for the password itself.
     *
     * @param isSet whether a variable is set
     * @throws IllegalArgumentException that names the variable
     */
    public static void requireVariables(Properties settings, Predicate<String> isSet) {
        for (String key : settings.stringPropertyNames()) {
            Matcher variable = VARIABLE.matcher(settings.getProperty(key));
            while (variable.find()) {
                if (!isSet.test(variable.group(1))) {
                    throw new IllegalArgumentException("The Kafka setting " + key + " is in the environment variable "
                            + variable.group(1) + ", which is not set.");
                }
            }
        }
    }

    /** The settings with what the Kafka client needs to follow the references in them. */
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

    /** A value that says only where its secrets are holds none: all of it is a reference, or each password in it is. */
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
        // Where no password is seen, the whole value may be one.
        return passwords == 0;
    }
}
