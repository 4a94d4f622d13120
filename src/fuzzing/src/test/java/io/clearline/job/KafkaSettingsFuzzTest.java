package io.clearline.job;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/** Settings files of the Kafka client: any text is settings without a secret, or an {@link IOException} that names the file. */
class KafkaSettingsFuzzTest {
    @FuzzTest
    void anyTextIsSettingsWithoutASecretOrARefusal(byte[] bytes) {
        Properties settings;
        try {
            settings = KafkaSettings.read(Path.of("fuzzed"), new StringReader(text(bytes)));
        } catch (IOException e) {
            if (!e.getMessage().contains("fuzzed")) {
                throw new AssertionError("the message names no file", e);
            }
            return;
        }
        for (String key : settings.stringPropertyNames()) {
            if (KafkaSettings.holdsSecret(key, settings.getProperty(key))) {
                throw new AssertionError("the secret of " + key + " stands in the settings");
            }
        }
        KafkaSettings.resolvable(settings);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
