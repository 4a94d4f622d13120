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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.clearline.fuzzing.FuzzText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Settings files of the Kafka client: any text is settings without a secret, or an {@link IOException} that names the
 * file.
 */
class KafkaSettingsFuzzTest {
    @FuzzTest
    void anyTextIsSettingsWithoutASecretOrARefusal(byte[] bytes) {
        Properties settings;
        try {
            settings = KafkaSettings.read(Path.of("fuzzed"), new StringReader(FuzzText.of(bytes)));
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
}
