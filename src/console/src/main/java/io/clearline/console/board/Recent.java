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
package io.clearline.console.board;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A bounded list of the newest items; adding to a full one drops the oldest. Thread-confined. */
final class Recent<T> {
    private final int capacity;
    private final Deque<T> items = new ArrayDeque<>();

    Recent(int capacity) {
        this.capacity = capacity;
    }

    void add(T item) {
        if (items.size() == capacity) {
            items.removeFirst();
        }
        items.addLast(item);
    }

    /** Returns at most {@code limit} matching items, newest first. */
    List<T> newest(int limit, Predicate<T> matches) {
        List<T> found = new ArrayList<>();
        var backwards = items.descendingIterator();
        while (backwards.hasNext() && found.size() < limit) {
            T item = backwards.next();
            if (matches.test(item)) {
                found.add(item);
            }
        }
        return Collections.unmodifiableList(found);
    }
}
