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

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The least ACLs that each program needs in Kafka; {@code SECURITY.md} lists them from here. Stateless. */
public final class KafkaAcls {
    private static final String ANY_HOST = "*";

    private KafkaAcls() {}

    /**
     * Returns the ACLs of the job, in both delivery modes.
     *
     * @param principal the user, for example {@code User:job}
     * @param groupId the job's consumer group, also the prefix of its transactional ids
     */
    public static List<AclBinding> ofJob(String principal, Topics topics, String groupId) {
        return List.of(
                topic(principal, topics.rawFrames(), AclOperation.READ),
                topic(principal, topics.models(), AclOperation.READ),
                topic(principal, topics.enhancedFrames(), AclOperation.WRITE),
                topic(principal, topics.sdrEstimates(), AclOperation.WRITE),
                topic(principal, topics.events(), AclOperation.WRITE),
                topic(principal, topics.modelEvents(), AclOperation.WRITE),
                topic(principal, topics.deadFrames(), AclOperation.WRITE),
                binding(principal, ResourceType.GROUP, groupId, PatternType.LITERAL, AclOperation.READ),
                // A replay writes in transactions whose ids start with the group id.
                binding(
                        principal,
                        ResourceType.TRANSACTIONAL_ID,
                        groupId + "-",
                        PatternType.PREFIXED,
                        AclOperation.WRITE));
    }

    /** Returns the ACLs of a gateway, which writes raw frames and reads the results. */
    public static List<AclBinding> ofGateway(String principal, Topics topics) {
        Stream<AclBinding> read = Stream.of(
                        topics.enhancedFrames(), topics.sdrEstimates(), topics.events(), topics.deadFrames())
                .map(name -> topic(principal, name, AclOperation.READ));
        return Stream.concat(Stream.of(topic(principal, topics.rawFrames(), AclOperation.WRITE)), read)
                .toList();
    }

    /** Returns the ACLs of a user who announces models and watches whether jobs accept them. */
    public static List<AclBinding> ofPublisher(String principal, Topics topics) {
        return List.of(
                topic(principal, topics.models(), AclOperation.WRITE),
                topic(principal, topics.modelEvents(), AclOperation.READ));
    }

    /**
     * Returns the ACLs of the console, which reads every topic, sends the audio files that are dropped on it and
     * announces models. It has no consumer group.
     */
    public static List<AclBinding> ofConsole(String principal, Topics topics) {
        Stream<AclBinding> read = topics.all().stream().map(name -> topic(principal, name, AclOperation.READ));
        Stream<AclBinding> write =
                Stream.of(topics.rawFrames(), topics.models()).map(name -> topic(principal, name, AclOperation.WRITE));
        return Stream.concat(read, write).toList();
    }

    private static AclBinding topic(String principal, String name, AclOperation operation) {
        return binding(principal, ResourceType.TOPIC, name, PatternType.LITERAL, operation);
    }

    private static AclBinding binding(
            String principal, ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
    }
}
