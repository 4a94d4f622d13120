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
package io.clearline.job;

import io.clearline.kafka.KafkaAcls;
import io.clearline.kafka.Topics;
import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;

class KafkaAclsTest {
    @Test
    void theSecurityDocumentListsTheRightsOfEachProgram() throws IOException {
        String rows = Stream.of(
                        KafkaAcls.ofJob("job", Topics.DEFAULT, JobOptions.GROUP_ID.defaultValue()),
                        KafkaAcls.ofGateway("gateway", Topics.DEFAULT),
                        KafkaAcls.ofPublisher("publisher", Topics.DEFAULT),
                        KafkaAcls.ofConsole("console", Topics.DEFAULT))
                .flatMap(List::stream)
                .map(KafkaAclsTest::row)
                .collect(Collectors.joining());
        CommittedText.at("SECURITY.md", "flink-job", KafkaAclsTest.class)
                .partMustBe("rights", "| user | right | on | name | pattern |\n|---|---|---|---|---|\n" + rows);
    }

    private static String row(AclBinding right) {
        return "| %s | %s | %s | `%s` | %s |%n"
                .formatted(
                        right.entry().principal(),
                        right.entry().operation(),
                        right.pattern().resourceType().name().toLowerCase(java.util.Locale.ROOT),
                        right.pattern().name(),
                        right.pattern().patternType().name().toLowerCase(java.util.Locale.ROOT));
    }
}
