package io.clearline.job;

import io.clearline.testkit.CommittedText;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;

class KafkaRightsTest {
    @Test
    void theSecurityDocumentListsTheRightsOfEachProgram() throws IOException {
        String rows = Stream.of(
                        KafkaRights.ofJob("job", Topics.DEFAULT, JobOptions.GROUP_ID.defaultValue()),
                        KafkaRights.ofDoor("door", Topics.DEFAULT),
                        KafkaRights.ofPublisher("publisher", Topics.DEFAULT))
                .flatMap(List::stream)
                .map(KafkaRightsTest::row)
                .collect(Collectors.joining());
        CommittedText.at("SECURITY.md", "flink-job", KafkaRightsTest.class)
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
