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
package io.clearline.local;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Resources that are closed together, the newest first, each of them even if another fails. Thread-confined. */
final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Adds a resource and returns it. */
    <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Closes everything after a failed start. What fails on the way is added to the failure. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** @throws IOException if a resource can't be closed: the first failure, which carries the others */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                IOException found = e instanceof IOException known ? known : new IOException(e.getMessage(), e);
                if (failure == null) {
                    failure = found;
                } else {
                    failure.addSuppressed(found);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
