package io.clearline.gateway.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts every issue and keeps the first ones, so that a run where everything is wrong still fits in memory. Not thread-safe. */
final class IssueList {
    private static final int KEPT_OF_A_KIND = 100;

    private final Map<IssueKind, Long> counts = new EnumMap<>(IssueKind.class);
    private final List<Issue> kept = new ArrayList<>();

    void add(IssueKind kind, String stream, long sequence, String detail) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT_OF_A_KIND) {
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
