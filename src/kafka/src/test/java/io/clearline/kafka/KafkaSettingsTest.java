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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
    private static final String JAAS =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" ";

    @TempDir
    private Path folder;

    @Test
    void aSecretInTheFileBecomesAReferenceToTheFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("client.properties"),
                "security.protocol=SASL_SSL\nssl.truststore.password=swordfish\nsasl.jaas.config=" + JAAS
                        + "password=\"swordfish\";\n");
        Properties settings = KafkaSettings.read(file);
        assertThat(settings.toString()).doesNotContain("swordfish");
        assertThat(settings)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("ssl.truststore.password", "${file:" + file + ":ssl.truststore.password}");
    }

    @Test
    void theKafkaClientResolvesAReferenceToAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), "ssl.key.password=swordfish\n");
        assertThat(producerConfig(KafkaSettings.read(file))
                        .getPassword("ssl.key.password")
                        .value())
                .isEqualTo("swordfish");
    }

    @Test
    void theKafkaClientResolvesAReferenceToTheEnvironment() {
        Properties settings = new Properties();
        settings.setProperty("sasl.jaas.config", JAAS + "password=\"${env:PATH}\";");
        assertThat(producerConfig(settings).getPassword("sasl.jaas.config").value())
                .isEqualTo(JAAS + "password=\"" + System.getenv("PATH") + "\";");
    }

    @Test
    void aSecretAmongTheOptionsIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> KafkaSettings.requireNoPlainSecrets(Map.of("sasl.jaas.config", "swordfish")))
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void aReferenceAmongTheOptionsIsAccepted() {
        KafkaSettings.requireNoPlainSecrets(
                Map.of("ssl.key.password", "${env:KEY_PASSWORD}", "sasl.mechanism", "SCRAM-SHA-512", "linger.ms", "5"));
    }

    @Test
    void aPasswordBesideAReferenceIsASecret() throws IOException {
        String mixed = "login.Module required username=\"${env:USER}\" password=\"swordfish\";";
        assertThatThrownBy(() -> KafkaSettings.requireNoPlainSecrets(Map.of("sasl.jaas.config", mixed)))
                .hasMessageContaining("is a secret and would be visible");
        Path file = Files.writeString(folder.resolve("client.properties"), "sasl.jaas.config=" + mixed + "\n");
        assertThatThrownBy(() -> KafkaSettings.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("contains both a secret and a reference")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void theTokenOfAConfigurationProviderIsASecret() {
        assertThatThrownBy(() ->
                        KafkaSettings.requireNoPlainSecrets(Map.of("config.providers.vault.param.token", "swordfish")))
                .hasMessageContaining("config.providers.vault.param.token")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        Properties settings = new Properties();
        settings.setProperty("ssl.key.password", "${env:CLEARLINE_NO_SUCH_VARIABLE}");
        assertThatThrownBy(() -> KafkaSettings.requireVariables(settings, System.getenv()::containsKey))
                .hasMessageContaining("ssl.key.password")
                .hasMessageContaining("CLEARLINE_NO_SUCH_VARIABLE, which is not set");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> KafkaSettings.read(folder.resolve("no.properties")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.properties");
    }

    private static ProducerConfig producerConfig(Properties settings) {
        Properties complete = KafkaSettings.resolvable(settings);
        complete.setProperty("bootstrap.servers", "localhost:9092");
        complete.setProperty("key.serializer", ByteArraySerializer.class.getName());
        complete.setProperty("value.serializer", ByteArraySerializer.class.getName());
        return new ProducerConfig(complete);
    }
}
