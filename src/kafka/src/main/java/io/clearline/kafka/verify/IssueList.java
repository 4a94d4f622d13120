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
package io.clearline.kafka.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts every issue and keeps the first ones of each kind, so that the issues of a run in which everything fails fit
 * in memory. Not thread-safe.
 */
final class IssueList {
    private static final int MAX_KEPT_PER_KIND = 100;

    private final Map<IssueKind, Long> counts = new EnumMap<>(IssueKind.class);
    private final List<Issue> kept = new ArrayList<>();

    void add(IssueKind kind, String stream, long sequence, String detail) {
        if (counts.merge(kind, 1L, Long::sum) <= MAX_KEPT_PER_KIND) {
            kept.add(new Issue(kind, stream, sequence, detail));
        }
    }

    long count(IssueKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    List<Issue> kept() {
        return List.copyOf(kept);
    }
}
